// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.TopItems;
import dev.sextant.query.plan.branch.Aggregates;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parts made of the groups of finer ones: of the same branches by more items. */
record MergedParts(Parts parts, Parts finer) {

  /** A part and the finer one it is made of. */
  private record Pair(int part, Branch branch, int source, Branch finer) {

    /** The conditions that pick top values, which the finer part does not know. */
    List<Expr> onTop() {
      return branch.key().filters().stream().filter(filter -> TopItems.withoutTop(List.of(filter)).isEmpty()).toList();
    }

    String column(Measure measure) {
      return finer.measures()
          .entrySet()
          .stream()
          .filter(one -> one.getValue().equals(measure))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    }
  }

  /** The parts met on the keys; {@code groups} has the finer parts' columns. Nothing where a part is none of the finer ones. */
  Optional<PlanNode> plan(PlanNode groups, List<PlanNode.Named> keys) {
    List<Pair> pairs = pairs();
    return pairs.size() == parts.size() && pairs.stream().map(Pair::onTop).distinct().count() == 1 && areTold(pairs)
        ? Optional.of(merged(PlainBranch.filtered(groups, conditions(pairs)), keys, pairs))
        : Optional.empty();
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    parts.branchesByPart().forEach((part, branch) -> {
      Branch.Key key = branch.key().withFilters(TopItems.withoutTop(branch.key().filters()));
      finer.branchesByPart().forEach((source, fine) -> {
        if (fine.key().equals(key) && fine.measures().values().containsAll(branch.measures().values())) {
          pairs.add(new Pair(part, branch, source, fine));
        }
      });
    });
    return pairs;
  }

  /** Whether the groups tell, where it matters, which of the finer parts have rows in them. */
  private boolean areTold(List<Pair> pairs) {
    return pairs.stream()
        .allMatch(pair -> finer.marked().contains(pair.source()) || pairs.size() == finer.size() && !parts.marked().contains(pair.part()));
  }

  /** Groups without rows of any of the parts are none of theirs. */
  private List<Expr> conditions(List<Pair> pairs) {
    List<Expr> conditions = new ArrayList<>(pairs.getFirst().onTop());
    if (pairs.size() < finer.size()) {
      Set<Integer> sources = new LinkedHashSet<>();
      pairs.forEach(pair -> sources.add(pair.source()));
      conditions.add(finer.exist(sources));
    }
    return conditions;
  }

  private PlanNode merged(PlanNode groups, List<PlanNode.Named> keys, List<Pair> pairs) {
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    List<PlanNode.Named> outputs = new ArrayList<>(BranchRows.same(keys));
    for (Pair pair : pairs) {
      pair.branch().measures().forEach((name, measure) -> {
        aggregates.add(Aggregates.merged(name, measure, Expr.column(pair.column(measure))));
        outputs.add(new PlanNode.Named(name, value(name, measure, keys.isEmpty())));
      });
      if (parts.marked().contains(pair.part())) {
        String mark = Parts.mark(pair.part());
        aggregates.add(new PlanNode.Aggregated(mark, PlanNode.Function.of(Aggregation.COUNT), List.of(Expr.number(1)),
            Optional.of(Expr.call("is true", Expr.column(Parts.mark(pair.source()))))));
        outputs.add(new PlanNode.Named(mark, Expr.call(">", Expr.column(mark), Expr.number(0))));
      }
    }
    return new PlanNode.Compute(new PlanNode.Aggregate(groups, keys, aggregates), outputs);
  }

  /** A count of no rows is 0, while a sum of no groups would be NULL. */
  private static Expr value(String name, Measure measure, boolean overall) {
    Expr value = Expr.column(name);
    return overall && measure.aggregation().countsRows() ? Expr.call("coalesce", value, Expr.number(0)) : value;
  }
}
