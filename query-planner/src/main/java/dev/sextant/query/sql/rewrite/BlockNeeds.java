// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.sql.parse.SqlPrelude;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;

/** Tells whether a grouped block can be computed over its rows as it stands. */
final class BlockNeeds {
  private BlockNeeds() {}

  /** Whether a block reads one table that has no rows of its own. */
  static boolean hasNoRows(Scope scope) {
    return scope.relations().size() == 1 && scope.relations().getFirst().use().filter(use -> use.table().base().isEmpty()).isPresent();
  }

  /** Whether a block over one relation asks for a measure that its rows cannot give, or in a context of its own. */
  static boolean layers(SqlSelect select, List<SqlNode> entries, Optional<SqlOrderBy> order, Scope scope, Rewriting context) {
    if (scope.relations().size() != 1) {
      return false;
    }
    Optional<TableUse> use = scope.relations().getFirst().use();
    boolean[] needed = {use.filter(table -> table.table().base().isEmpty()).isPresent()};
    SqlShuttle finder = new SqlShuttle() {
      @Override
      public SqlNode visit(SqlIdentifier name) {
        needed[0] |= use.isPresent() && !name.isStar() && scope.find(name, context)
            .flatMap(found -> found.column().measure())
            .filter(measure -> measure.shape().isEmpty())
            .isPresent();
        return name;
      }

      @Override
      public SqlNode visit(SqlDataTypeSpec type) {
        needed[0] |= type.getTypeName() != null && type.getTypeName().getSimple().startsWith(SqlPrelude.CONTEXT);
        return type;
      }

      @Override
      public SqlNode visit(SqlCall call) {
        return call.getKind().belongsTo(org.apache.calcite.sql.SqlKind.QUERY) ? call : java.util.Objects.requireNonNull(super.visit(call));
      }
    };
    entries.forEach(entry -> entry.accept(finder));
    if (select.getHaving() != null) {
      select.getHaving().accept(finder);
    }
    order.ifPresent(keys -> keys.orderList.accept(finder));
    return needed[0];
  }
}
