// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinPath;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.overtime.TimeNeed;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a branch reads of its rows, found out once and held against every rollup. */
record Needs(Planning planning, Branch branch, Dataset dataset, Optional<Dimension.Time> time, List<Asked> items, List<Condition> filters,
    TimeNeed times) {

  /** An asked item; {@code plain} where its values are shown as they are and not computed or masked. */
  record Asked(ItemName name, List<Named> names, boolean plain) {}

  static Needs of(BranchRows rows) {
    Planning planning = rows.planning();
    List<Asked> items = new ArrayList<>();
    for (ItemName item : rows.items()) {
      List<Named> names = Condition.meant(item, rows.dataset(), rows.time(), planning);
      boolean computed = planning.expressions().containsKey(item.full()) || item.part().isPresent() || names.size() != 1;
      items.add(new Asked(item, names, !computed && !isMasked(names.getFirst(), planning)));
    }
    List<Condition> filters = new ArrayList<>();
    for (Expr filter : rows.branch().key().filters()) {
      filters.add(Condition.of(filter, JoinPath.HERE, rows.dataset(), rows.time(), planning));
    }
    return new Needs(planning, rows.branch(), rows.dataset(), rows.time(), items, filters, TimeNeed.of(rows));
  }

  private static boolean isMasked(Named named, Planning planning) {
    return named.member()
        .filter(member -> member instanceof dev.sextant.query.Member.Attribute attribute
            && planning.model().rights().mask(attribute.dataset(), attribute.dimension()).isPresent())
        .isPresent();
  }

  /** Whether rows are seen at other times than their own. */
  boolean isOverTime() {
    return times.grain().isPresent();
  }

  Branch.Key key() {
    return branch.key();
  }
}
