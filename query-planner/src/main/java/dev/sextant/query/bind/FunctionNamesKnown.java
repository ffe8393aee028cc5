// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.expr.FunctionNames;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;

/** Checks that a condition calls only functions that compute one row's value and do nothing else, whatever the warehouse has besides. */
final class FunctionNamesKnown {
  /** What to do instead of aggregating in {@code where}. */
  static final String ROWS = "where sees one row at a time. Filter the result instead: ask for a metric and use having.";
  /** What to do instead of aggregating in {@code having}. */
  static final String RESULT = "having sees the finished result. Name one of its metrics instead.";

  private final Condition condition;
  private final Gathered gathered;

  FunctionNamesKnown(Condition condition, Gathered gathered) {
    this.condition = condition;
    this.gathered = gathered;
  }

  void check(String instead) {
    List<Expr.Call> calls = new ArrayList<>();
    condition.expr().visit(part -> {
      if (part instanceof Expr.Call call) {
        calls.add(call);
      }
    });
    gathered.check(calls, call -> check(call, instead));
  }

  private void check(Expr.Call call, String instead) {
    if (FunctionNames.aggregates(call)) {
      throw Problem.at(QueryIssue.INVALID_FILTER, condition.at(call), "'" + call.operator() + "' aggregates rows, but " + instead);
    }
    if (!FunctionNames.known(call.operator())) {
      List<String> near = NearestNames.to(call.operator(), FunctionNames.scalars());
      throw Problem.at(QueryIssue.INVALID_FILTER, condition.at(call),
          "function '" + call.operator() + "' is not known in conditions." + NearestNames.question(near), near);
    }
  }
}
