// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}. */
public final class Durations {

  /** How error messages describe what {@link #read} accepts. */
  public static final String EXPECTED = "a length of time above zero such as 500ms, 30s, 5m or 2h";

  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,9})\\s*(ms|s|m|h)\\s*");

  private Durations() {}

  /** Reads a length above zero; empty if the text is none. */
  public static Optional<Duration> read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    Duration length = switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
    return length.isZero() ? Optional.empty() : Optional.of(length);
  }
}
