// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time such as {@code 15m}, {@code 1 hour} or {@code 3 days}, which the model has checked. */
public final class Intervals {
  private static final Pattern LENGTH = Pattern.compile("(\\d+)\\s*([a-z]+)");

  private Intervals() {}

  /** The length that a text tells. */
  public static Duration read(String text) {
    Matcher length = LENGTH.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!length.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no length of time");
    }
    long count = Long.parseLong(length.group(1));
    return switch (length.group(2).replaceFirst("s$", "")) {
      case "m" -> length.group(2).equals("ms") ? Duration.ofMillis(count) : Duration.ofMinutes(count);
      case "min", "minute" -> Duration.ofMinutes(count);
      case "h", "hour" -> Duration.ofHours(count);
      case "d", "day" -> Duration.ofDays(count);
      case "w", "week" -> Duration.ofDays(7 * count);
      case "mo", "month" -> Duration.ofDays(30 * count);
      case "q", "quarter" -> Duration.ofDays(91 * count);
      case "y", "year" -> Duration.ofDays(365 * count);
      default -> Duration.ofSeconds(count);
    };
  }
}
