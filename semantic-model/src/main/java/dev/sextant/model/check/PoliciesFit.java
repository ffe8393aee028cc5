// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.View;
import dev.sextant.model.build.Draft;
import java.util.List;

/** Policies restrict what exists; one that names nothing would protect nothing. */
final class PoliciesFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    draft.model().definitions().accessPolicies().forEach(policy -> check(draft, names, policy, issues));
  }

  private static void check(Draft draft, QueryNames names, AccessPolicy policy, Issues issues) {
    List<String> views = draft.model().definitions().views().stream().map(View::name).toList();
    for (String view : policy.views()) {
      if (!views.contains(view)) {
        issues.unknown(ModelIssue.UNKNOWN_VIEW, draft.places().of(policy, "on." + view, policy.position()),
            "view '" + view + "' is not defined.", view, views);
      }
    }
    policy.masks().forEach((item, mask) -> {
      Position at = draft.places().of(policy, "mask." + item, policy.position());
      if (names.checkItem(item, () -> at, issues)) {
        names.checkMaskable(item, mask, at, issues);
      }
    });
    for (String name : policy.hidden()) {
      if (!draft.writtenMetrics().contains(name)) {
        names.checkItem(name, () -> draft.places().of(policy, "hide." + name, policy.position()), issues);
      }
    }
    policy.rows().ifPresent(rows -> rows(draft, names, policy, rows, issues));
  }

  private static void rows(Draft draft, QueryNames names, AccessPolicy policy, Expr rows, Issues issues) {
    FiltersFit.check(draft, names, rows, List.of(), policy.position(), issues);
    rows.visit(part -> {
      if (part instanceof Expr.Member member && member.kind() == Expr.MemberKind.METRIC) {
        issues.add(ModelIssue.INVALID_EXPRESSION, draft.places().of(rows, member.at(), policy.position()),
            "access policies filter by dimensions and entities, not by metrics");
      }
      if (part instanceof Expr.Column column && column.name().startsWith("metric_time")) {
        issues.add(ModelIssue.INVALID_EXPRESSION, draft.places().of(rows, column.at(), policy.position()),
            "metric_time means another time for each metric; access policies filter by dimensions and entities");
      }
      if (part instanceof Expr.Call call && call.operator().equals("caller")
          && !(call.arguments().size() == 1 && call.arguments().getFirst() instanceof Expr.Literal name
              && name.type().equals(DataType.STRING))) {
        issues.add(ModelIssue.INVALID_EXPRESSION, draft.places().of(rows, call.at(), policy.position()),
            "caller takes the name of one attribute of the caller, such as caller('country')");
      }
    });
  }
}
