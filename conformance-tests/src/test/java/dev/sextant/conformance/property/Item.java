// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Value;
import java.util.List;

/** Something to group or filter by: its name, whether it is a time, and values it has. */
record Item(String name, boolean isTime, List<Value> values) {

  Item {
    values = List.copyOf(values);
  }
}
