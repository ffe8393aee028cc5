// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.compare;

import dev.sextant.conformance.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Values as scripts show them: reals to ten digits, midnights as dates, strings plain unless that would mislead. */
public final class ValueText {
  private static final MathContext TEN_DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(java.util.Locale.ROOT);

  private ValueText() {}

  public static String of(Value value) {
    return switch (value) {
      case Value.Absent none -> "null";
      case Value.Truth truth -> Boolean.toString(truth.value());
      case Value.Exact exact -> exact.value().toPlainString();
      case Value.Real real -> ofReal(real.value());
      case Value.Text text -> ofText(text.value());
      case Value.Day day -> day.value().toString();
      case Value.Moment moment -> ofMoment(moment.value());
      case Value.Point point -> ofMoment(point.value().atOffset(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    };
  }

  private static String ofReal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(TEN_DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String ofMoment(LocalDateTime value) {
    return value.toLocalTime().equals(LocalTime.MIDNIGHT) ? value.toLocalDate().toString() : TIME.format(value);
  }

  private static String ofText(String value) {
    boolean misleading = value.isEmpty() || !value.equals(value.strip()) || value.equals("null") || value.startsWith("'")
        || value.contains("|") || value.chars().anyMatch(Character::isISOControl);
    return misleading ? "'" + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("|", "\\p") + "'" : value;
  }
}
