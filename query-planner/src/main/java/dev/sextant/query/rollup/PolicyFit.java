// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinPath;
import dev.sextant.query.Member;
import dev.sextant.query.plan.rows.PolicedRows;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the caller's policies demand of rows that were rolled up for everybody. Conditions on the dataset's own rows hold for groups as well.
 * Conditions on joined rows hide their values; that makes no difference where the dataset's own rows must satisfy the same already.
 */
record PolicyFit(Needs needs, List<Condition> own) {

  static PolicyFit of(Needs needs) {
    List<Condition> own = new ArrayList<>();
    Planning planning = needs.planning();
    for (Expr condition : PolicedRows.conditions(planning, needs.dataset())) {
      own.add(Condition.of(condition, JoinPath.HERE, needs.dataset(), needs.time(), Planning.whole(planning.model())));
    }
    return new PolicyFit(needs, own);
  }

  boolean isRestricted() {
    return !needs.planning().model().rights().rows().isEmpty();
  }

  /** Why values of joined rows may differ from those that were rolled up. */
  Optional<String> hiding(List<Named> names) {
    for (Named named : names) {
      Optional<String> reason = named.member().flatMap(this::hiding);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private Optional<String> hiding(Member member) {
    for (int length = 1; length <= member.path().length(); length++) {
      JoinPath way = new JoinPath(member.path().steps().subList(0, length));
      Dataset joined = way.steps().getLast().to();
      boolean all = PolicedRows.conditions(needs.planning(), joined).stream().allMatch(condition -> isDemanded(condition, way, joined));
      if (!all) {
        return Optional.of("a policy hides rows of '" + joined.name() + "' from the caller");
      }
    }
    return Optional.empty();
  }

  private boolean isDemanded(Expr condition, JoinPath way, Dataset joined) {
    Planning whole = Planning.whole(needs.planning().model());
    Expr form = Condition.of(condition, way, joined, Optional.empty(), whole).form();
    return own.stream().anyMatch(one -> one.form().equals(form));
  }
}
