// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code cache:} part of {@code sextant.yml}. An answer is served up to {@code maxAge} after the warehouse gave it; from
 * {@code refreshAfter} on it is served as stale while it is fetched anew. {@code versions} are queries by dataset whose result changes with the
 * dataset's rows, asked every {@code checkEvery}. With {@code supersets} answers are made from others that hold more.
 */
public record CacheSettings(long memoryBytes, long entryBytes, Optional<Duration> maxAge, Optional<Duration> refreshAfter,
    Map<String, String> versions, Duration checkEvery, boolean supersets, Tiers tiers) {
  private static final String VERSIONS = "cache.versions.";
  private static final long DEFAULT_MEMORY = 256L << 20;
  private static final String DISK = "cache.disk";
  private static final String REDIS = "cache.redis";
  private static final long DEFAULT_REDIS_ENTRY = 8L << 20;
  private static final int LARGEST_SHARE = 8;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(b|kb|mb|gb)?");
  private static final Pattern AGE = Pattern.compile("(\\d{1,9})\\s*(ms|s|seconds?|m|minutes?|h|hours?|d|days?)");

  /**
   * What is kept below memory: {@code diskBytes} in files beside the project, and in a Redis every answer of up to {@code redisEntryBytes} for
   * {@code redisKeeps}. A tier that fails is left alone for {@code rest}.
   */
  public record Tiers(OptionalLong diskBytes, Optional<URI> redis, long redisEntryBytes, Duration redisKeeps, Duration rest) {}

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
        age(settings, "cache.max_age"), age(settings, "cache.refresh_after"), versions,
        age(settings, "cache.check_every").orElse(Duration.ofSeconds(10)), isOn(settings, "cache.supersets"), tiers(settings));
  }

  private static boolean isOn(Map<String, String> settings, String key) {
    String text = settings.getOrDefault(key, "on");
    return switch (text) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw wrong(key, text, "on or off");
    };
  }

  private static Tiers tiers(Map<String, String> settings) {
    return new Tiers(settings.containsKey(DISK) ? OptionalLong.of(size(settings, DISK, 0)) : OptionalLong.empty(),
        Optional.ofNullable(settings.get(REDIS)).map(CacheSettings::redis), size(settings, "cache.redis_entry", DEFAULT_REDIS_ENTRY),
        age(settings, "cache.redis_keeps").or(() -> age(settings, "cache.max_age")).orElse(Duration.ofDays(1)),
        age(settings, "cache.rest").orElse(Duration.ofSeconds(10)));
  }

  private static URI redis(String address) {
    try {
      URI uri = new URI(address.strip());
      if (uri.getHost() != null && List.of("redis", "rediss").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException wrong) {
      // Said below; the address may hold a password, so it is not repeated.
    }
    throw new SextantException(Issue.of(QueryIssue.INVALID_REQUEST, Position.NOWHERE,
        "'" + REDIS + "' must be an address such as redis://localhost:6379."));
  }

  private static Optional<Duration> age(Map<String, String> settings, String key) {
    return Optional.ofNullable(settings.get(key)).map(text -> age(text, key));
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
