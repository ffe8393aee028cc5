// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time such as {@code 15m}, {@code 1 hour} or {@code 3 days}; a month counts as 30 days. */
public final class Durations {
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");

  private Durations() {}

  /** The length, or nothing where the text is none. */
  public static Optional<Duration> read(String text) {
    Matcher length = LENGTH.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!length.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(length.group(1));
    return switch (length.group(2)) {
      case "ms", "millisecond", "milliseconds" -> Optional.of(Duration.ofMillis(count));
      case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(count));
      case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(count));
      case "h", "hour", "hours" -> Optional.of(Duration.ofHours(count));
      case "d", "day", "days" -> Optional.of(Duration.ofDays(count));
      case "w", "week", "weeks" -> Optional.of(Duration.ofDays(7 * count));
      case "mo", "month", "months" -> Optional.of(Duration.ofDays(30 * count));
      case "q", "quarter", "quarters" -> Optional.of(Duration.ofDays(91 * count));
      case "y", "year", "years" -> Optional.of(Duration.ofDays(365 * count));
      default -> Optional.empty();
    };
  }
}
