// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/** A relational expression and the plan's columns as expressions over its fields; they are projected only where they must be. */
record Frame(RelNode rel, Map<String, RexNode> columns) {

  Frame {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  RexNode column(String name) {
    return Optional.ofNullable(columns.get(name))
        .orElseThrow(() -> new IllegalStateException("plan names column '" + name + "', which is none of " + columns.keySet()));
  }
}
