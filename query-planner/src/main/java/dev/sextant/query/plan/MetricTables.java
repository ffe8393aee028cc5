// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.ItemName;
import java.util.List;

/** Plans a metric as a table of its own: the items' columns and one column with the metric's name. */
interface MetricTables {

  PlanNode table(Planning planning, Metric metric, List<ItemName> items, List<Expr> filters);
}
