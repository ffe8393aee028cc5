// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A row of a measure's dataset with one row, or none, of each dataset it is joined to. */
record Joined(Map<Path, Optional<Row>> rows) {

  static Joined of(Path path, Optional<Row> row) {
    return new Joined(Map.of(path, row));
  }

  Joined with(Joined other) {
    Map<Path, Optional<Row>> both = new HashMap<>(rows);
    both.putAll(other.rows);
    return new Joined(both);
  }

  Optional<Row> at(Path path) {
    return rows.getOrDefault(path, Optional.empty());
  }
}
