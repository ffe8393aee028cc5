// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinStep;
import dev.sextant.model.Rights;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a dataset that a caller may see, as if its table held no others. A condition holds for every dataset from which joins lead to
 * what it names; where that cannot be decided, nothing is shown. Every plan reads its datasets here.
 */
public final class PolicedRows {
  private final Planning planning;
  private final Dataset dataset;
  private final Optional<Dimension.Time> time;

  private PolicedRows(Planning planning, Dataset dataset) {
    this.dataset = dataset;
    this.time = dataset.defaultTimeDimension().flatMap(dataset::timeDimension);
    this.planning = Planning.whole(planning.model());
  }

  static PlanNode of(Planning planning, Dataset dataset, List<PlanNode.Named> columns) {
    PlanNode.Scan scan = new PlanNode.Scan(dataset, columns);
    List<Expr> conditions = conditions(planning, dataset);
    return conditions.isEmpty() ? scan : new PolicedRows(planning, dataset).filtered(scan, conditions);
  }

  /** The conditions that the caller's policies put on the rows of a dataset, over names as the dataset's rows reach them. */
  public static List<Expr> conditions(Planning planning, Dataset dataset) {
    List<Rights.RowRule> rules = planning.model().rights().rows().stream().filter(rule -> rule.concerns(dataset)).toList();
    if (rules.isEmpty()) {
      return List.of();
    }
    PolicedRows rows = new PolicedRows(planning, dataset);
    List<Expr> conditions = new ArrayList<>();
    rules.forEach(
        rule -> FilterReader.conjuncts(rule.condition()).stream().filter(part -> rows.decides(part, rule)).forEach(conditions::add));
    return conditions;
  }

  private PlanNode filtered(PlanNode.Scan scan, List<Expr> conditions) {
    FactRows rows = new FactRows(planning, dataset, time);
    scan.outputs().forEach(column -> {
      var unused = rows.baseColumn(column.name(), column.expr());
    });
    FilterExprs exprs = new FilterExprs(planning, node -> node instanceof Expr.Column column
        ? Optional.of(rows.unmasked(ItemName.parse(column.name(), planning.model())))
        : Optional.empty());
    List<Expr> translated = conditions.stream().map(exprs::translate).toList();
    return new PlanNode.Compute(new PlanNode.Filter(rows.build(), Expr.and(translated)),
        scan.outputs().stream().map(column -> new PlanNode.Named(column.name(), Expr.column(column.name()))).toList());
  }

  /** Whether a condition is about rows of the dataset: each of them has all of its values, or none of them has any. */
  private boolean decides(Expr condition, Rights.RowRule rule) {
    List<ItemName> items = FilterExprs.items(condition, planning);
    List<Member> reached = new ArrayList<>();
    for (ItemName item : items) {
      if (planning.finder().isAmbiguous(dataset, item)) {
        throw undecided(rule, "'" + item.base() + "' can be reached in several ways");
      }
      planning.finder().tryFind(dataset, item).filter(member -> !member.path().fansOut()).ifPresent(reached::add);
    }
    if (!reached.isEmpty() && reached.size() < items.size()) {
      throw undecided(rule, "joins lead to some of what it names only");
    }
    if (reached.stream().anyMatch(this::dependsOnTime)) {
      throw undecided(rule, "what it names changes over time, and the dataset has no time of its own");
    }
    return items.isEmpty() || !reached.isEmpty();
  }

  private boolean dependsOnTime(Member member) {
    return time.isEmpty() && member.path().steps().stream().map(JoinStep::right).anyMatch(key -> key.type() == Entity.Type.NATURAL);
  }

  private RuntimeException undecided(Rights.RowRule rule, String why) {
    return Problem.of(QueryIssue.ACCESS_DENIED, "access policy '" + rule.policy() + "' cannot tell which rows of dataset '" + dataset.name()
        + "' you may see: " + why + ". The model's owner can name the path, or give the policy other views.");
  }
}
