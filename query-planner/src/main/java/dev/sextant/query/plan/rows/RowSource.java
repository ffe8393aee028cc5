// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;

/** Rows that measures are aggregated from: those of a dataset with what is joined to them, or those of a rollup that holds them in groups. */
public sealed interface RowSource permits FactRows, RollupRows {

  /** The dataset whose rows they are, or were. */
  Dataset base();

  /** Whether a join so far may repeat rows of the base. */
  boolean fansOut();

  /** The base's own time, the meaning of {@code metric_time}. */
  TimeColumn metricTime();

  /** Whether a name means the base's own time. */
  boolean isMetricTime(ItemName name);

  /** Whether a name means the given dimension of the base itself. */
  boolean isBaseDimension(ItemName name, String dimension);

  /** What a name stands for; {@code metricTime} is the column that {@code metric_time} means at this point. */
  Slot slot(ItemName name, TimeColumn metricTime);

  /** What a name other than {@code metric_time} stands for in an answer: its value, masked where the caller may not see it. */
  Slot slot(ItemName name);

  /** What a name other than {@code metric_time} stands for where definitions and joins need its value, whoever asks. */
  Slot unmasked(ItemName name);

  /** A column computed over the table's own columns. */
  Expr baseColumn(String name, Expr expr);

  /** Joins a table that has at most one row for each combination of the columns in {@code on}. */
  void join(PlanNode table, Expr on);

  /** Joins a table unless it is joined already. */
  void joinOnce(PlanNode table, Expr on);

  /** The rows with all columns that were asked for. */
  PlanNode build();
}
