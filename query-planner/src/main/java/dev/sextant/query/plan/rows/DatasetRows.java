// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Dataset;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.List;

/** Gives the rows of a dataset that a plan may read, with columns computed over its table. */
public interface DatasetRows {

  /** All rows that the caller may see. */
  DatasetRows POLICED = PolicedRows::of;

  PlanNode of(Planning planning, Dataset dataset, List<PlanNode.Named> columns);
}
