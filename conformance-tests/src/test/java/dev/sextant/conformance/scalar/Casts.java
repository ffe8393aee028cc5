// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.ValueText;
import dev.sextant.model.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Changes a value's type. */
final class Casts {

  private Casts() {}

  static Value to(DataType type, Value value) {
    if (value.isNull()) {
      return Value.NULL;
    }
    return switch (type.kind()) {
      case STRING -> Value.of(text(value));
      case DOUBLE -> new Value.Real(number(value).doubleValue());
      case INTEGER, BIGINT -> new Value.Exact(number(value).setScale(0, RoundingMode.HALF_EVEN));
      case DECIMAL -> new Value.Exact(number(value).setScale(type.scale(), RoundingMode.HALF_UP));
      case DATE -> new Value.Day(Moments.of(value).toLocalDate());
      case TIMESTAMP -> new Value.Moment(Moments.of(value));
      case BOOLEAN -> truth(value);
      case NULL, TIME, TIMESTAMP_TZ, INTERVAL, BINARY, OTHER -> throw new UnknownToTheOracle("the cast to " + type);
    };
  }

  private static BigDecimal number(Value value) {
    if (value instanceof Value.Truth truth) {
      return truth.value() ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value instanceof Value.Text text ? new BigDecimal(text.value().strip()) : Comparison.exact(value);
  }

  private static Value truth(Value value) {
    if (value instanceof Value.Truth) {
      return value;
    }
    return value.isNumber() ? Value.of(number(value).signum() != 0) : Value.of(Boolean.parseBoolean(text(value)));
  }

  static String text(Value value) {
    return value instanceof Value.Text text ? text.value() : ValueText.of(value);
  }
}
