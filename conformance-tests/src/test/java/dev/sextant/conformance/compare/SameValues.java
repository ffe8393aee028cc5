// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.compare;

import dev.sextant.conformance.Value;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether two values are the same: numbers to a relative tolerance, dates as midnights. */
public final class SameValues {
  private static final double ABSOLUTE = 1e-12;

  private final double relative;

  public SameValues(double relative) {
    this.relative = relative;
  }

  public boolean same(Value a, Value b) {
    if (a.isNumber() && b.isNumber()) {
      return sameNumbers(a, b);
    }
    Optional<LocalDateTime> left = moment(a);
    return left.isPresent() ? left.equals(moment(b)) : a.equals(b);
  }

  private boolean sameNumbers(Value a, Value b) {
    if (a instanceof Value.Exact left && b instanceof Value.Exact right && left.equals(right)) {
      return true;
    }
    double left = number(a);
    double right = number(b);
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Double.isNaN(left) && Double.isNaN(right);
    }
    return left == right || Math.abs(left - right) <= Math.max(relative * Math.max(Math.abs(left), Math.abs(right)), ABSOLUTE);
  }

  private static double number(Value value) {
    return switch (value) {
      case Value.Exact exact -> exact.value().doubleValue();
      case Value.Real real -> real.value();
      case Value.Absent none -> throw notANumber(none);
      case Value.Truth truth -> throw notANumber(truth);
      case Value.Text text -> throw notANumber(text);
      case Value.Day day -> throw notANumber(day);
      case Value.Moment moment -> throw notANumber(moment);
      case Value.Point point -> throw notANumber(point);
    };
  }

  private static IllegalArgumentException notANumber(Value value) {
    return new IllegalArgumentException("not a number: " + value);
  }

  private static Optional<LocalDateTime> moment(Value value) {
    return switch (value) {
      case Value.Day day -> Optional.of(day.value().atStartOfDay());
      case Value.Moment moment -> Optional.of(moment.value());
      case Value.Point point -> Optional.of(point.value().atOffset(ZoneOffset.UTC).toLocalDateTime());
      case Value.Absent none -> Optional.empty();
      case Value.Truth truth -> Optional.empty();
      case Value.Exact exact -> Optional.empty();
      case Value.Real real -> Optional.empty();
      case Value.Text text -> Optional.empty();
    };
  }

  /** A text that is equal for values that could be the same, to narrow down the rows worth comparing; numbers say nothing. */
  String hint(Value value) {
    return value.isNumber() ? "#" : moment(value).map(LocalDateTime::toString).orElseGet(() -> ValueText.of(value));
  }

  /** A number to sort rows by, so that the same rows come to stand in the same places. */
  BigDecimal rank(Value value) {
    if (!value.isNumber() || !Double.isFinite(number(value))) {
      return BigDecimal.ZERO;
    }
    return value instanceof Value.Exact exact ? exact.value() : new BigDecimal(number(value));
  }
}
