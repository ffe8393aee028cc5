// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code cache:} part of {@code sextant.yml}. An answer is served up to {@code maxAge} after the warehouse gave it; from
 * {@code refreshAfter} on it is served as stale while it is fetched anew. {@code versions} are queries by dataset whose result changes with the
 * dataset's rows, asked every {@code checkEvery}.
 */
public record CacheSettings(long memoryBytes, long entryBytes, Optional<Duration> maxAge, Optional<Duration> refreshAfter,
    Map<String, String> versions, Duration checkEvery) {
  private static final String VERSIONS = "cache.versions.";
  private static final long DEFAULT_MEMORY = 256L << 20;
  private static final int LARGEST_SHARE = 8;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(b|kb|mb|gb)?");
  private static final Pattern AGE = Pattern.compile("(\\d{1,9})\\s*(ms|s|seconds?|m|minutes?|h|hours?|d|days?)");

  public CacheSettings {
    versions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  /** Reads the settings a project declares; without any, only queries that name a {@code max_age} are answered from the cache. */
  public static CacheSettings of(Map<String, String> settings) {
    long memory = size(settings, "cache.memory", DEFAULT_MEMORY);
    Map<String, String> versions = new LinkedHashMap<>();
    settings.forEach((key, value) -> {
      if (key.startsWith(VERSIONS)) {
        versions.put(key.substring(VERSIONS.length()), value);
      }
    });
    return new CacheSettings(memory, size(settings, "cache.entry", memory / LARGEST_SHARE),
        Optional.ofNullable(settings.get("cache.max_age")).map(text -> age(text, "cache.max_age")),
        Optional.ofNullable(settings.get("cache.refresh_after")).map(text -> age(text, "cache.refresh_after")), versions,
        Optional.ofNullable(settings.get("cache.check_every")).map(text -> age(text, "cache.check_every")).orElse(Duration.ofSeconds(10)));
  }

  private static long size(Map<String, String> settings, String key, long otherwise) {
    String text = settings.get(key);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(key, text, "a size such as 512MB");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2) == null ? "b" : matcher.group(2)) {
      case "kb" -> count << 10;
      case "mb" -> count << 20;
      case "gb" -> count << 30;
      default -> count;
    };
  }

  /** Reads a length of time such as {@code 10m} or {@code 2 days}; {@code 0s} is one, too. {@code what} names it in the error. */
  public static Duration age(String text, String what) {
    Matcher matcher = AGE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(what, text, "a length of time such as 30s, 10m, 2h or 1 day");
    }
    long count = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    return unit.equals("ms") ? Duration.ofMillis(count) : switch (unit.charAt(0)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static SextantException wrong(String what, String text, String expected) {
    return new SextantException(
        Issue.of(QueryIssue.INVALID_REQUEST, Position.NOWHERE, "'" + what + "' must be " + expected + ", not '" + text + "'."));
  }
}
