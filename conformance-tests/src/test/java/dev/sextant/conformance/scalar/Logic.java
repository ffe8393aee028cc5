// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

import dev.sextant.conformance.Value;
import java.util.List;
import java.util.function.Supplier;

/** Logic with three truth values: true, false and unknown, which is NULL. */
final class Logic {

  private Logic() {}

  static Value and(Value left, Supplier<Value> right) {
    if (isFalse(left)) {
      return left;
    }
    Value other = right.get();
    return isFalse(other) || isTrue(left) ? other : Value.NULL;
  }

  static Value or(Value left, Supplier<Value> right) {
    if (isTrue(left)) {
      return left;
    }
    Value other = right.get();
    return isTrue(other) || isFalse(left) ? other : Value.NULL;
  }

  static Value not(Value value) {
    return value.isNull() ? Value.NULL : Value.of(isFalse(value));
  }

  /** Whether {@code wanted} is among the others: unknown if only a NULL could make it so. */
  static Value in(Value wanted, List<Value> others) {
    Value found = Value.of(false);
    for (Value other : others) {
      found = or(found, () -> Comparison.equal(wanted, other));
    }
    return found;
  }

  static boolean isTrue(Value value) {
    return value instanceof Value.Truth truth && truth.value();
  }

  static boolean isFalse(Value value) {
    return value instanceof Value.Truth truth && !truth.value();
  }
}
