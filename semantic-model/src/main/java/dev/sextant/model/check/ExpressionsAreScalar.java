// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.build.Draft;
import dev.sextant.model.expr.FunctionNames;
import dev.sextant.model.expr.QueryItems;

/** Expressions work on the values of a row: aggregates belong into measures, members in braces into filters. */
final class ExpressionsAreScalar implements ModelCheck {
  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    for (Dataset dataset : draft.model().datasets()) {
      dataset.entities().forEach(entity -> entity.keys().forEach(key -> ofColumns(draft, key, entity.position(), issues)));
      dataset.dimensions().forEach(dimension -> ofColumns(draft, dimension.expr(), dimension.position(), issues));
      dataset.measures().forEach(measure -> {
        ofRows(draft, names, dataset, measure.expr(), measure.position(), issues);
        measure.furtherArguments().forEach(argument -> ofRows(draft, names, dataset, argument, measure.position(), issues));
      });
    }
    for (Metric metric : draft.model().metrics()) {
      Position at = metric.header().position();
      metric.filters().forEach(filter -> noAggregates(draft, filter, at, issues));
      switch (metric) {
        case Metric.Simple simple -> draft.model()
            .dataset(simple.measure().dataset())
            .ifPresent(dataset -> ofRows(draft, names, dataset, simple.measure().expr(), at, issues));
        case Metric.Derived derived -> ofColumns(draft, derived.expr(), at, issues);
        case Metric.Ratio any -> {
        }
        case Metric.Cumulative any -> {
        }
        case Metric.Conversion any -> {
        }
      }
    }
  }

  /** A measure sees its own columns, and in braces what is joined to its rows. */
  private static void ofRows(Draft draft, QueryNames names, Dataset dataset, Expr expr, Position owner, Issues issues) {
    noAggregates(draft, expr, owner, issues);
    expr.visit(part -> {
      if (part instanceof Expr.Member member && member.kind() == Expr.MemberKind.METRIC) {
        issues.add(ModelIssue.INVALID_EXPRESSION, draft.places().of(expr, member.at(), owner),
            "{{ Metric(..) }} may stand in filters only; a measure aggregates columns and dimensions");
      } else if (part instanceof Expr.Member member) {
        joined(names, dataset, QueryItems.name(member), draft.places().of(expr, member.at(), owner), issues);
      }
    });
  }

  private static void joined(QueryNames names, Dataset dataset, String item, Position at, Issues issues) {
    if (!names.checkItem(item, () -> at, issues) || names.reachesOnce(dataset, names.parse(item))) {
      return;
    }
    if (names.reaches(dataset, names.parse(item))) {
      issues.add(ModelIssue.INVALID_EXPRESSION, at, "a row of '" + dataset.name() + "' may have several values of '" + item
          + "', so a measure cannot aggregate them once each; declare the measure in the semantic model that has '" + item + "'");
    } else {
      issues.add(ModelIssue.NO_PATH, at,
          "'" + item + "' cannot be reached from semantic model '" + dataset.name() + "': no joins lead there");
    }
  }

  private static void ofColumns(Draft draft, Expr expr, Position owner, Issues issues) {
    noAggregates(draft, expr, owner, issues);
    expr.visit(part -> {
      if (part instanceof Expr.Member member) {
        issues.add(ModelIssue.INVALID_EXPRESSION, draft.places().of(expr, member.at(), owner),
            "{{ .. }} may stand in filters only; name the column or input itself");
      }
    });
  }

  private static void noAggregates(Draft draft, Expr expr, Position owner, Issues issues) {
    expr.visit(part -> {
      if (part instanceof Expr.Call call && FunctionNames.aggregates(call)) {
        issues.add(ModelIssue.AGGREGATE_IN_EXPRESSION, draft.places().of(expr, call.at(), owner),
            "'" + call.operator() + "' aggregates rows, but an expression has the values of one row; use a measure with agg");
      }
    });
  }
}
