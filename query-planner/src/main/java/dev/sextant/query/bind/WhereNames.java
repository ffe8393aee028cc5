// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Checks what conditions on rows name: members that the rows lead to. */
final class WhereNames {
  private static final List<String> COMPARISONS = List.of("=", "<", "<=", ">", ">=", "between");

  private final SemanticModel model;
  private final MemberFinder finder;
  private final List<Dataset> datasets;
  private final Gathered gathered;

  /** {@code datasets} are those whose rows are filtered; where they are not known yet, names must be known to any dataset. */
  WhereNames(SemanticModel model, MemberFinder finder, List<Dataset> datasets, Gathered gathered) {
    this.model = model;
    this.finder = finder;
    this.datasets = datasets;
    this.gathered = gathered;
  }

  /** Checks a condition on rows. */
  void check(Condition condition) {
    List<Expr> parts = new ArrayList<>();
    condition.expr().visit(parts::add);
    gathered.check(parts, part -> {
      switch (part) {
        case Expr.Column column -> column(column, condition);
        case Expr.Call call -> times(call, condition);
        case Expr.Member metric -> metric(metric, condition);
        case Expr.Literal any -> {
        }
        case Expr.Interval any -> {
        }
        case Expr.Case any -> {
        }
        case Expr.Cast any -> {
        }
      }
    });
  }

  private void column(Expr.Column column, Condition condition) {
    ItemName name = ItemName.parse(column.name(), model);
    if (name.isMetricTime()) {
      return;
    }
    try {
      if (datasets.isEmpty()) {
        finder.checkKnown(name);
        model.datasets()
            .stream()
            .flatMap(dataset -> finder.tryFind(dataset, name).stream())
            .findFirst()
            .ifPresent(member -> ItemBinder.checkTime(name, member));
      }
      datasets.forEach(dataset -> ItemBinder.checkTime(name, finder.find(dataset, name)));
    } catch (SextantException refused) {
      if (model.metric(column.name()).isPresent()) {
        throw Problem.at(QueryIssue.INVALID_FILTER, condition.at(column), "'" + column.name()
            + "' is a metric, but where filters rows before metrics are computed. Use having: "
            + ExprPrinter.print(partWith(column, condition)) + ".");
      }
      String quotes = condition.isQuoted(column) ? " Text stands in single quotes: '" + column.name() + "'." : "";
      throw Problem.at((QueryIssue) refused.issue().code(), condition.at(column), refused.issue().message() + quotes,
          refused.issue().suggestions());
    }
  }

  /** What a time is compared with must be one. */
  private void times(Expr.Call call, Condition condition) {
    List<Expr.Literal> texts = call.arguments()
        .stream()
        .filter(Expr.Literal.class::isInstance)
        .map(Expr.Literal.class::cast)
        .filter(literal -> literal.type().kind() == DataType.Kind.STRING)
        .toList();
    if (COMPARISONS.contains(call.operator()) && !texts.isEmpty() && call.arguments().stream().anyMatch(this::isTime)) {
      texts.forEach(text -> time(text, call, condition));
    }
  }

  private static void time(Expr.Literal literal, Expr.Call call, Condition condition) {
    try {
      TimeTexts.instant(literal.text(), ZoneOffset.UTC);
    } catch (SextantException refused) {
      throw Problem.at((QueryIssue) refused.issue().code(), condition.at(literal, call), refused.issue().message());
    }
  }

  private boolean isTime(Expr expr) {
    if (!(expr instanceof Expr.Column column)) {
      return expr instanceof Expr.Cast cast && cast.type().isTemporal() && isTime(cast.value());
    }
    ItemName name = ItemName.parse(column.name(), model);
    boolean standard = name.part().isEmpty() && name.grain().filter(grain -> !(grain instanceof TimeGrain)).isEmpty();
    return standard && (name.isMetricTime() || (datasets.isEmpty() ? model.datasets() : datasets).stream()
        .flatMap(dataset -> finder.tryFind(dataset, name).stream())
        .anyMatch(member -> member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time));
  }

  /** The part of a conjunction that names the column. */
  private static Expr partWith(Expr.Column column, Condition condition) {
    return FilterReader.conjuncts(condition.expr()).stream().filter(part -> {
      List<Expr> nodes = new ArrayList<>();
      part.visit(nodes::add);
      return nodes.contains(column);
    }).findFirst().orElse(condition.expr());
  }

  private void metric(Expr.Member metric, Condition condition) {
    if (model.metric(metric.name()).isEmpty()) {
      List<String> near = NearestNames.to(metric.name(), model.metrics().stream().map(known -> known.name()).toList());
      throw Problem.at(QueryIssue.UNKNOWN_METRIC, condition.at(metric),
          "metric '" + metric.name() + "' is not defined." + NearestNames.question(near), near);
    }
  }
}
