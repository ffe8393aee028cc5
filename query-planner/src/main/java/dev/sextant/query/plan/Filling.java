// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TimeSpan;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.ClockChanges;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds the rows a finished answer lacks: for each combination of its other items every period from the first to the last, those of the asked range
 * where there is one. Metrics are NULL in rows that are added.
 */
final class Filling {
  private static final int MOST_PERIODS = 1_000_000;
  private static final String AT = "filled_at";

  private Filling() {}

  static PlanNode fill(PlanNode answer, List<BoundQuery.Item> items, Planning planning) {
    BoundQuery.Item time = timeItem(items);
    TimeGrain grain = (TimeGrain) time.item().grain().orElseThrow();
    List<String> others = items.stream().map(BoundQuery.Item::name).filter(name -> !name.equals(time.name())).toList();
    PlanNode.Shared known = new PlanNode.Shared("answer", answer);
    PlanNode calendar = calendar(known, time, grain, planning);
    PlanNode grid = others.isEmpty() ? calendar : paired(calendar, known, others);
    List<Expr> on = new ArrayList<>(List.of(Expr.call("=", Expr.column(AT), Expr.column(time.name()))));
    others.forEach(name -> on.add(Expr.call("is not distinct from", Expr.column(name + "#each"), Expr.column(name))));
    PlanNode joined = new PlanNode.Join(grid, known, PlanNode.Join.Kind.LEFT, Expr.and(on));
    List<PlanNode.Named> outputs = new ArrayList<>();
    for (String name : answer.columns()) {
      String from = name.equals(time.name()) ? AT : others.contains(name) ? name + "#each" : name;
      outputs.add(new PlanNode.Named(name, Expr.column(from)));
    }
    List<Expr> shown = ClockChanges.knownOrShown(Expr.column(time.name()), Expr.column(AT), grain,
        span(grain, planning).map(Bounds::of).orElse(Bounds.NONE), planning);
    return new PlanNode.Compute(PlainBranch.filtered(joined, shown), outputs);
  }

  private static BoundQuery.Item timeItem(List<BoundQuery.Item> items) {
    List<BoundQuery.Item> times = items
        .stream()
        .filter(item -> item.item().grain().filter(TimeGrain.class::isInstance).isPresent())
        .toList();
    if (times.size() != 1) {
      throw Problem.of(QueryIssue.TIME_REQUIRED,
          "fill needs exactly one group-by item that is a time in a standard grain, not " + times.size()
              + ".");
    }
    return times.getFirst();
  }

  private static PlanNode calendar(PlanNode answer, BoundQuery.Item time, TimeGrain grain, Planning planning) {
    PlanNode ends = new PlanNode.Aggregate(answer, List.of(),
        List.of(PlanNode.Aggregated.of("first", Aggregation.MIN, Expr.column(time.name())),
            PlanNode.Aggregated.of("last", Aggregation.MAX, Expr.column(time.name()))));
    Optional<TimeSpan> span = span(grain, planning);
    span.ifPresent(range -> checkLength(range, grain));
    Expr first = span.<Expr>map(one -> Times.literal(one.start())).orElse(Expr.column("first"));
    Expr last = span.<Expr>map(one -> Times.literal(Times.plus(one.end(), -1, grain))).orElse(Expr.column("last"));
    return new PlanNode.Calendar(ends, List.of(), first, last, grain, AT);
  }

  private static Optional<TimeSpan> span(TimeGrain grain, Planning planning) {
    return planning.range().map(range -> Ranges.span(range, grain, planning));
  }

  private static void checkLength(TimeSpan range, TimeGrain grain) {
    if (range.end().isAfter(Times.plus(range.start(), MOST_PERIODS, grain))) {
      throw Problem.of(QueryIssue.INVALID_TIME_RANGE, "fill makes a row for each period, and the time range from " + range.start() + " to "
          + range.end() + " has more than " + MOST_PERIODS + " of a " + grain.label() + ". Ask for a coarser grain or a shorter range.");
    }
  }

  private static PlanNode paired(PlanNode calendar, PlanNode answer, List<String> others) {
    List<PlanNode.Named> keys = others.stream().map(name -> new PlanNode.Named(name + "#each", Expr.column(name))).toList();
    return new PlanNode.Join(calendar, new PlanNode.Aggregate(answer, keys, List.of()), PlanNode.Join.Kind.INNER, Expr.and(List.of()));
  }
}
