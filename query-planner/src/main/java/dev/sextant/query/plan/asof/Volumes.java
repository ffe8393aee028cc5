// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.DataType;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.plan.node.PlanNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a warehouse knows of the rows that plans read. */
public interface Volumes {

  /** What the dialect of the one warehouse that a plan reads can do; nothing if it reads several. */
  Set<DialectFeature> features(PlanNode plan);

  /** The types of a plan's columns. */
  Map<String, DataType> types(PlanNode plan);

  /** Runs a plan whose only row is of numbers. */
  List<Long> counts(PlanNode plan);
}
