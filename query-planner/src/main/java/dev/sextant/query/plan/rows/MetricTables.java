// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.List;

/** Plans a metric as a table of its own: the items' columns and one column with the metric's name. */
public interface MetricTables {

  PlanNode table(Planning planning, Metric metric, List<ItemName> items, List<Expr> filters);
}
