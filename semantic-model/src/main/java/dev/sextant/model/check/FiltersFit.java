// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.build.Draft;
import dev.sextant.model.expr.QueryItems;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Filters name what exists and what joins from the filtered rows lead to. */
final class FiltersFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    for (Metric metric : draft.model().metrics()) {
      Position at = metric.header().position();
      metric.filters().forEach(filter -> check(draft, names, filter, List.of(metric.name()), at, issues));
      for (MetricInput input : MetricInputsExist.inputs(metric)) {
        input.filters().forEach(filter -> check(draft, names, filter, List.of(input.metric()), input.position(), issues));
      }
    }
    for (SavedQuery query : draft.model().definitions().savedQueries()) {
      query.where().forEach(filter -> check(draft, names, filter, query.metrics(), query.position(), issues));
    }
  }

  /** Checks a filter on the rows of {@code metrics}. */
  static void check(Draft draft, QueryNames names, Expr filter, List<String> metrics, Position owner, Issues issues) {
    filter.visit(part -> {
      if (part instanceof Expr.Column column) {
        item(names, column.name(), metrics, () -> draft.places().of(filter, column.at(), owner), issues);
      } else if (part instanceof Expr.Member member) {
        Supplier<Position> at = () -> draft.places().of(filter, member.at(), owner);
        if (member.kind() == Expr.MemberKind.METRIC) {
          metric(names, member, at, issues);
        } else if (knowsGrain(draft, member, at, issues)) {
          item(names, QueryItems.name(member), metrics, at, issues);
        }
      }
    });
  }

  private static void item(QueryNames names, String name, List<String> metrics, Supplier<Position> at, Issues issues) {
    if (names.checkItem(name, at, issues)) {
      metrics.forEach(metric -> names.checkReach(metric, name, at, issues));
    }
  }

  private static boolean knowsGrain(Draft draft, Expr.Member member, Supplier<Position> at, Issues issues) {
    Optional<String> unknown = member.grain().filter(grain -> draft.model().grain(grain).isEmpty());
    unknown.ifPresent(
        grain -> issues.unknown(ModelIssue.UNKNOWN_GRAIN, at.get(), "grain '" + grain + "' is not known.", grain, grains(draft)));
    return unknown.isEmpty();
  }

  private static List<String> grains(Draft draft) {
    return Stream.concat(Stream.of(TimeGrain.values()).map(TimeGrain::label), draft.model().customGrains().stream().map(CustomGrain::label))
        .toList();
  }

  private static void metric(QueryNames names, Expr.Member member, Supplier<Position> at, Issues issues) {
    names.checkMetric(member.name(), at, issues);
    if (member.groupBy().size() != 1) {
      issues.warn(at.get(), "no query can use Metric('" + member.name() + "') with " + member.groupBy().size()
          + " entities in group_by; a filter needs exactly one");
    }
    member.groupBy().forEach(item -> item(names, item, List.of(member.name()), at, issues));
  }
}
