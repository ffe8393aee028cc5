// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Value;
import dev.sextant.model.TimeGrain;
import java.util.List;
import java.util.Optional;

/** Something to group or filter by: its name, the grain it has if it is a time, and values it has. */
record Item(String name, Optional<TimeGrain> grain, List<Value> values) {

  Item {
    values = List.copyOf(values);
  }
}
