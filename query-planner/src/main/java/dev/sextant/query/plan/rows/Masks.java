// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import java.util.List;
import java.util.Optional;

/** Values that a caller sees masked only. Grouping by them works; filtering by them would tell them, and is refused. */
public final class Masks {
  private static final String REDACTED = "***";

  private Masks() {}

  /** A value as it is shown; NULL stays NULL. */
  static Expr masked(Expr value, AccessPolicy.Mask mask) {
    return switch (mask) {
      case HASH -> Expr.call("md5", new Expr.Cast(value, DataType.STRING));
      case REDACT -> new Expr.Case(List.of(new Expr.When(Expr.call("is not null", value), Expr.string(REDACTED))), Optional.empty());
      case NULL -> Expr.call("nullif", value, value);
    };
  }

  /** Refuses conditions on masked values that were asked for; those of definitions are the model's own. */
  public static void check(BoundQuery query, Planning planning) {
    if (query.model().rights().masks().isEmpty()) {
      return;
    }
    for (Expr condition : query.where()) {
      for (ItemName item : FilterExprs.items(condition, planning)) {
        if (!item.isMetricTime() && planning.model()
            .datasets()
            .stream()
            .anyMatch(dataset -> planning.finder()
                .tryFind(dataset, item)
                .filter(member -> isMasked(member, planning))
                .isPresent())) {
          throw Problem.of(QueryIssue.ACCESS_DENIED, "'" + item.base()
              + "' is masked for you: you may group by it, but not filter by it.");
        }
      }
    }
  }

  private static boolean isMasked(Member member, Planning planning) {
    return member instanceof Member.Attribute attribute
        && planning.model().rights().mask(attribute.dataset(), attribute.dimension()).isPresent();
  }
}
