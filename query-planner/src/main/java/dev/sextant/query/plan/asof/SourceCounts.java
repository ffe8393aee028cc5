// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks how many rows a dataset has, and which is the newest of their created times, or else of their event times. */
public final class SourceCounts {
  private static final String TIME = "time";

  private SourceCounts() {}

  public static PlanNode plan(Dataset dataset, SemanticModel model) {
    Optional<Expr> time = KnownRows.created(dataset)
        .or(() -> dataset.defaultTimeDimension().flatMap(dataset::timeDimension).map(Dimension::expr));
    Expr one = Expr.number(1);
    List<PlanNode.Named> columns = new ArrayList<>(List.of(new PlanNode.Named("row", one)));
    List<PlanNode.Aggregated> aggregates = new ArrayList<>(List.of(PlanNode.Aggregated.of("rows", Aggregation.COUNT, one)));
    time.ifPresent(column -> {
      columns.add(new PlanNode.Named(TIME, Columns.time(column, model)));
      aggregates.add(PlanNode.Aggregated.of("newest", Aggregation.MAX, Expr.column(TIME)));
    });
    return new PlanNode.Aggregate(new PlanNode.Scan(dataset, columns), List.of(), aggregates);
  }
}
