// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.BoundQuery;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.plan.node.PlanNode;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** A query on its way to the warehouse: every stage's product. */
record Compiled(BoundQuery bound, PlanNode plan, RelNode rel, ResultSchema schema, Execution execution) {

  /** What has to run for the answer. */
  sealed interface Execution {
    /** All of it in one warehouse. */
    record Alone(String warehouse, String sql) implements Execution {}

    /** A statement in each of several warehouses, and one over their results, which meet in memory. */
    record Met(List<Part> parts, String sql, long maxRows) implements Execution {
      public Met {
        parts = List.copyOf(parts);
      }
    }
  }

  /** A statement whose rows become a table with the given columns. */
  record Part(String warehouse, String sql, String table, List<String> columns) {
    Part {
      columns = List.copyOf(columns);
    }
  }
}
