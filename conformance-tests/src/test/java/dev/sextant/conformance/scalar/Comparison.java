// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

import dev.sextant.conformance.Value;
import java.math.BigDecimal;
import java.util.function.IntPredicate;

/** Compares values; anything compared to NULL is NULL. */
public final class Comparison {

  private Comparison() {}

  static Value equal(Value a, Value b) {
    return test(a, b, order -> order == 0);
  }

  static Value test(Value a, Value b, IntPredicate wanted) {
    return a.isNull() || b.isNull() ? Value.NULL : Value.of(wanted.test(compare(a, b)));
  }

  /** Whether the values are the same, where NULL is the same as NULL. */
  static boolean same(Value a, Value b) {
    return a.isNull() || b.isNull() ? a.isNull() && b.isNull() : compare(a, b) == 0;
  }

  /** The order of two values that are there. */
  public static int compare(Value a, Value b) {
    if (a.isNumber() && b.isNumber()) {
      return compareNumbers(a, b);
    }
    if (a instanceof Value.Truth left && b instanceof Value.Truth right) {
      return Boolean.compare(left.value(), right.value());
    }
    if (a instanceof Value.Point left && b instanceof Value.Point right) {
      return left.value().compareTo(right.value());
    }
    if (a instanceof Value.Text left && b instanceof Value.Text right) {
      return left.value().compareTo(right.value());
    }
    return Moments.of(a).compareTo(Moments.of(b));
  }

  private static int compareNumbers(Value a, Value b) {
    if (a instanceof Value.Exact left && b instanceof Value.Exact right) {
      return left.value().compareTo(right.value());
    }
    return Double.compare(Arithmetic.asDouble(a), Arithmetic.asDouble(b));
  }

  static Value least(Value a, Value b, int sign) {
    if (a.isNull() || b.isNull()) {
      return a.isNull() ? b : a;
    }
    return Integer.signum(compare(a, b)) == sign ? a : b;
  }

  static BigDecimal exact(Value value) {
    return value instanceof Value.Exact exact ? exact.value() : BigDecimal.valueOf(Arithmetic.asDouble(value));
  }
}
