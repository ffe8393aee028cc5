// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a constant text can be read as a value of another family, as both warehouses read it. */
final class TextConstants {
  private static final Pattern DAY = Pattern.compile("(\\d{1,4})-(\\d{1,2})-(\\d{1,2})(?:[ T](.*))?");
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d{1,9})?)?\\s*(.*)");
  private static final Pattern ZONE = Pattern.compile("|Z|UTC|[+-]\\d{1,2}(:?\\d{2})?", Pattern.CASE_INSENSITIVE);
  private static final Set<String> TRUTHS = new TreeSet<>(List.of("true", "false", "t", "f", "1", "0", "yes", "no", "y", "n"));

  private TextConstants() {}

  /** What is wrong with a text as a value of a family; nothing where it may be one. */
  static Optional<String> fault(String text, Family family) {
    String value = text.strip();
    return switch (family) {
      case NUMBER -> isNumber(value) ? Optional.empty() : Optional.of("'" + text + "' is no number.");
      case TIME -> isTime(value) ? Optional.empty()
          : Optional.of("'" + text + "' is no date or timestamp; write it as 2025-12-31 or 2025-12-31 23:59:59.");
      case CLOCK -> isClock(value) ? Optional.empty() : Optional.of("'" + text + "' is no time of day; write it as 23:59:59.");
      case TRUTH ->
          TRUTHS.contains(value.toLowerCase(Locale.ROOT)) ? Optional.empty() : Optional.of("'" + text + "' is neither true nor false.");
      case TEXT, INTERVAL, BINARY, OPEN -> Optional.empty();
    };
  }

  private static boolean isNumber(String value) {
    try {
      return value.length() < 400 && Math.abs((long) new BigDecimal(value).scale()) < 400;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTime(String value) {
    Matcher day = DAY.matcher(value);
    if (!day.matches()) {
      return false;
    }
    try {
      LocalDate.of(Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
      return Integer.parseInt(day.group(1)) > 0 && (day.group(4) == null || isClock(day.group(4).strip()));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isClock(String value) {
    Matcher clock = CLOCK.matcher(value);
    return clock.matches() && Integer.parseInt(clock.group(1)) < 24 && Integer.parseInt(clock.group(2)) < 60
        && (clock.group(3) == null || Integer.parseInt(clock.group(3)) < 60) && ZONE.matcher(clock.group(4)).matches();
  }
}
