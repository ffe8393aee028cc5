// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import java.util.Set;

/** The values of an item that are shown; all others are one. */
record TopValues(ItemName item, Set<Value> values) {
  /** Stands for all values that are not shown. */
  static final Value OTHERS = new Value.Text("\0the others");

  Value shown(ItemName name, Value value) {
    return !name.equals(item) || values.contains(value) ? value : OTHERS;
  }
}
