// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.bind.BaseFinder;
import dev.sextant.query.bind.Condition;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.rel.ConditionTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of a mismatch of types in the asker's words which conditions are wrong, all of them and where. */
final class AskedTypes {
  private final SemanticModel model;
  private final MemberFinder finder;
  private final ExprTypes types;

  AskedTypes(SemanticModel model, TableSchemas schemas) {
    this.model = model;
    this.finder = new MemberFinder(model);
    this.types = new ExprTypes(model, schemas);
  }

  /** The same failure in terms of the conditions asked for, if one of them is at fault. */
  SextantException explained(SextantException failure, BoundQuery bound, MetricQuery asked) {
    if (failure.issue().code() != QueryIssue.TYPE_MISMATCH) {
      return failure;
    }
    List<Issue> issues = new ArrayList<>();
    Optional<Dataset> from = from(bound);
    ConditionTypes conditions = new ConditionTypes(expr -> type(expr, from));
    bound.where().forEach(condition -> conditions.check(condition).ifPresent(fault -> {
      Issue why = fault.why().issue();
      issues.add(new Issue(why.code(), why.message(), Condition.find(fault.part(), "where", asked.where()), why.suggestions()));
    }));
    return issues.isEmpty() ? failure : new SextantException(issues);
  }

  private Optional<Dataset> from(BoundQuery bound) {
    return bound.metrics().isEmpty() ? new BaseFinder(model, finder).find(bound.items().stream().map(BoundQuery.Item::item).toList())
        : LeafMetrics.datasets(bound.metrics().stream().map(BoundQuery.AskedMetric::metric).toList(), model).stream().findFirst();
  }

  private DataType type(Expr expr, Optional<Dataset> from) {
    if (!(expr instanceof Expr.Column column)) {
      return DataType.OTHER;
    }
    return types.of(ItemName.parse(column.name(), model), from);
  }
}
