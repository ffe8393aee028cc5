// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Calendar;
import dev.sextant.model.Dataset;
import dev.sextant.model.Durations;
import dev.sextant.model.Expr;
import dev.sextant.model.Rollup;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.RollupPlan;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the building of rollups. */
public final class RollupBuilds {
  private final RollupIndex index;

  public RollupBuilds(RollupIndex index) {
    this.index = index;
  }

  /**
   * The plan of a table: what is read of its dataset, what makes its rows of that where those are made in another place, and what is taken over from
   * the table of an earlier build.
   */
  public record TablePlan(Dataset dataset, PlanNode fresh, Optional<PlanNode> finish, Optional<PlanNode> kept) {
    /** Plans rows that are finished where they are read, unless they are sketches of a local table. */
    static TablePlan of(RollupTable table, PlanNode rows, Optional<PlanNode> kept) {
      return table.isLocal() && table.isSketched() && rows instanceof PlanNode.Aggregate sketches
          ? new TablePlan(table.dataset(), sketches.input(), Optional.of(over(table, sketches)), kept)
          : new TablePlan(table.dataset(), rows, Optional.empty(), kept);
    }

    private static PlanNode over(RollupTable table, PlanNode.Aggregate sketches) {
      return new PlanNode.Aggregate(new PlanNode.Elsewhere(sketches.input(), table.dataset().warehouse(), RollupPlan.FETCHED),
          sketches.keys(), sketches.aggregates());
    }
  }

  public String definition(Rollup rollup) {
    return index.definition(rollup);
  }

  /** Which part the next build has to read, as {@link RollupPlanner#part} says. */
  public RollupPlanner.Part part(Rollup rollup, Optional<BuiltRollup> earlier) {
    Optional<TimeGrain> partition = rollup.partitionBy().filter(TimeGrain.class::isInstance).map(TimeGrain.class::cast);
    boolean same = earlier
        .filter(build -> build.definition().equals(definition(rollup)) && build.from().isEmpty() && build.before().isEmpty())
        .isPresent();
    if (partition.isEmpty() || !same
        || index.tables(rollup).stream().anyMatch(table -> table.grain().isEmpty() || table.time().isEmpty())) {
      return RollupPlanner.Part.WHOLE;
    }
    Calendar calendar = index.model().calendar();
    Duration lookback = rollup.refresh().lookback().flatMap(Durations::read).orElse(Duration.ZERO);
    LocalDateTime since = LocalDateTime.ofInstant(earlier.orElseThrow().asOf().minus(lookback), calendar.zone());
    return new RollupPlanner.Part(Optional.of(Times.floor(since, partition.get(), calendar)), Optional.empty(), earlier);
  }

  /** The plans of a rollup's tables, in the order of their places. */
  public List<TablePlan> plan(Rollup rollup, RollupPlanner.Part part) {
    List<RollupTable> tables = index.tables(rollup);
    List<TablePlan> plans = new ArrayList<>();
    for (RollupTable table : tables) {
      if (table.measures().isEmpty()) {
        throw Problem.of(QueryIssue.UNSUPPORTED, "rollup '" + rollup.name() + "' cannot hold "
            + String.join(", ", table.branch().measures().keySet()) + ": no group tells enough of its rows.");
      }
      plans.add(plan(table, part));
    }
    return plans;
  }

  private TablePlan plan(RollupTable table, RollupPlanner.Part part) {
    TableRows rows = new TableRows(table, index.model());
    Bounds span = new Bounds(part.from(), part.before());
    if (span.equals(Bounds.NONE)) {
      return TablePlan.of(table, rows.all(), Optional.empty());
    }
    if (table.grain().isEmpty() || table.time().isEmpty()) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "rollup '" + table.rollup().name() + "' keeps no time, so it can be built as a whole only.");
    }
    PlanNode fresh = rows.within(List.of(span), true);
    return TablePlan.of(table, fresh, part.earlier().map(earlier -> kept(table, rows, fresh, span, earlier)));
  }

  /** The rows of the earlier table whose times are not read anew. */
  private static PlanNode kept(RollupTable table, TableRows rows, PlanNode fresh, Bounds span, BuiltRollup earlier) {
    BuiltRollup.Table built = earlier.tables().get(table.place());
    Dataset source = new Dataset("rollup " + table.rollup().name(), built.source(), built.warehouse(), Optional.empty(), Optional.empty(),
        List.of(), List.of(), List.of(), Optional.empty(), table.rollup().documentation(), table.rollup().position());
    List<PlanNode.Named> columns = fresh.columns().stream().map(name -> new PlanNode.Named(name, Expr.column(name))).toList();
    TimeColumn time = new TimeColumn(Expr.column(RollupTable.TIME), table.grain().orElseThrow(), false);
    List<Expr> outside = new ArrayList<>();
    span.from().ifPresent(from -> outside.add(rows.condition(new Bounds(Optional.empty(), Optional.of(from)), time)));
    span.before().ifPresent(before -> outside.add(rows.condition(new Bounds(Optional.of(before), Optional.empty()), time)));
    return new PlanNode.Filter(new PlanNode.Scan(source, columns), outside.stream().reduce((a, b) -> Expr.call("or", a, b)).orElseThrow());
  }
}
