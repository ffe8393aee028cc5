// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;

/**
 * Tells which rows may come from an outer join: one that is written, or one within a view or a query of which only the text is written.
 */
final class OuterJoins {
  private static final List<JoinType> INNER = List.of(JoinType.INNER, JoinType.CROSS, JoinType.COMMA);

  private final Set<List<String>> plain;
  private final Map<String, Boolean> shared = new HashMap<>();

  /** {@code plain} are the names of tables that no outer join is behind. */
  OuterJoins(Set<List<String>> plain) {
    this.plain = plain;
  }

  /** Notes the rows of a name that a statement gives them; until then the name is that of a table. */
  void share(String name, SqlNode rows) {
    shared.put(name, mayBeIn(rows));
  }

  /** Whether there may be one in what stands behind a FROM. */
  boolean mayBeIn(SqlNode read) {
    return switch (read) {
      case SqlJoin join -> !INNER.contains(join.getJoinType()) || mayBeIn(join.getLeft()) || mayBeIn(join.getRight());
      case SqlSelect select -> select.getFrom() != null && mayBeIn(select.getFrom());
      case SqlOrderBy sorted -> mayBeIn(sorted.query);
      case RelToText.QueryText text -> !text.isPlain();
      case SqlIdentifier name -> shared.getOrDefault(name.toString(), !plain.contains(name.names));
      case SqlCall call when call.getKind() == SqlKind.AS -> mayBeIn(call.operand(0));
      case SqlCall call when call.getOperator() instanceof SqlSetOperator -> call.getOperandList().stream().anyMatch(this::mayBeIn);
      default -> true;
    };
  }
}
