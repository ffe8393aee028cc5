// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

import dev.sextant.conformance.Value;
import java.math.BigDecimal;

/** Arithmetic on numbers: exact where both are, except that division makes reals; by zero it makes NULL. */
final class Arithmetic {

  private Arithmetic() {}

  static Value calculate(String operator, Value a, Value b) {
    if (a.isNull() || b.isNull()) {
      return Value.NULL;
    }
    if (operator.equals("/")) {
      return asDouble(b) == 0 ? Value.NULL : new Value.Real(asDouble(a) / asDouble(b));
    }
    return a instanceof Value.Exact left && b instanceof Value.Exact right
        ? exact(operator, left.value(), right.value())
        : real(operator, asDouble(a), asDouble(b));
  }

  private static Value exact(String operator, BigDecimal a, BigDecimal b) {
    return switch (operator) {
      case "+" -> new Value.Exact(a.add(b));
      case "-" -> new Value.Exact(a.subtract(b));
      case "*" -> new Value.Exact(a.multiply(b));
      case "%" -> b.signum() == 0 ? Value.NULL : new Value.Exact(a.remainder(b));
      default -> throw new UnknownToTheOracle("the operator " + operator);
    };
  }

  private static Value real(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> new Value.Real(a + b);
      case "-" -> new Value.Real(a - b);
      case "*" -> new Value.Real(a * b);
      case "%" -> b == 0 ? Value.NULL : new Value.Real(a % b);
      default -> throw new UnknownToTheOracle("the operator " + operator);
    };
  }

  static Value negative(Value value) {
    return calculate("-", Value.Exact.of(0), value);
  }

  static double asDouble(Value value) {
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

  private static UnknownToTheOracle notANumber(Value value) {
    return new UnknownToTheOracle("what number " + value + " is");
  }
}
