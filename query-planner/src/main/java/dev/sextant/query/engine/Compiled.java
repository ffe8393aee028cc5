// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.BoundQuery;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.plan.PlanNode;
import org.apache.calcite.rel.RelNode;

/** A query on its way to the warehouse: every stage's product. */
record Compiled(BoundQuery bound, PlanNode plan, RelNode rel, ResultSchema schema, String warehouse, String sql) {}
