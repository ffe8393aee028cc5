// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;

/** Checks that a grouped block shows nothing of its rows but its keys and aggregates, before a warehouse would complain about SQL of ours. */
final class GroupedColumns {
  private final Rewriting context;
  private final Scope scope;
  private final SameExpressions expressions;
  private final List<SqlNode> keys = new ArrayList<>();

  /** {@code group} holds the keys as written, {@code items} the select list by its names. */
  GroupedColumns(Rewriting context, Scope scope, List<SqlNode> group, List<Map.Entry<String, SqlNode>> items) {
    this.context = context;
    this.scope = scope;
    this.expressions = new SameExpressions(context, scope);
    group.forEach(key -> collect(key, items));
  }

  /** Of a block that groups by nothing. */
  static GroupedColumns none(Rewriting context, Scope scope) {
    return new GroupedColumns(context, scope, List.of(), List.of());
  }

  /** Whether an expression is a key. */
  boolean isKey(SqlNode node) {
    return keys.stream().anyMatch(key -> expressions.same(key, node));
  }

  private void collect(SqlNode key, List<Map.Entry<String, SqlNode>> items) {
    if (key instanceof SqlCall call && (call.getKind() == SqlKind.ROLLUP || call.getKind() == SqlKind.CUBE
        || call.getKind() == SqlKind.GROUPING_SETS || call.getKind() == SqlKind.ROW)) {
      call.getOperandList().forEach(one -> collect(one, items));
    } else if (key instanceof SqlNodeList list) {
      list.forEach(one -> collect(one, items));
    } else if (key instanceof SqlNumericLiteral) {
      keys.add(items.get(SortKeys.place(key, items.size(), context) - 1).getValue());
    } else {
      keys.add(key);
      if (key instanceof SqlIdentifier name && name.isSimple() && scope.find(name, context).isEmpty()) {
        items.stream()
            .filter(item -> item.getKey().equalsIgnoreCase(name.getSimple()))
            .findFirst()
            .ifPresent(item -> keys.add(item.getValue()));
      }
    }
  }

  /** Throws for the first column of an expression that is neither a key nor within an aggregate. */
  void check(SqlNode node, List<String> aliases) {
    if (isKey(node)) {
      return;
    }
    switch (node) {
      case SqlIdentifier name when !name.isStar() -> checkColumn(name, aliases);
      case SqlNodeList list -> list.forEach(one -> checkPresent(one, aliases));
      case SqlCall call when call.getKind() == SqlKind.OVER -> {
        SqlCall function = SqlNodes.unfiltered(call.operand(0));
        function.getOperandList().forEach(one -> checkPresent(one, aliases));
        checkPresent(call.operand(1), aliases);
      }
      case SqlCall call when SqlNodes.functionName(call).equals("GROUPING") -> call.getOperandList().forEach(this::checkKey);
      case SqlCall call when SqlNodes.isAggregate(call) || call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.WITHIN_GROUP
          || call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.WITH -> {}
      case SqlCall call -> call.getOperandList().forEach(one -> checkPresent(one, aliases));
      default -> {}
    }
  }

  private void checkKey(SqlNode node) {
    if (!isKey(node)) {
      throw notGrouped(node, context);
    }
  }

  /** What is wrong with a GROUPING of something else than a key. */
  static RuntimeException notGrouped(SqlNode node, Rewriting context) {
    return Problem.at(QueryIssue.INVALID_SQL, context.at(node), "GROUPING takes what the block groups by.");
  }

  private void checkPresent(@org.jspecify.annotations.Nullable SqlNode node, List<String> aliases) {
    if (node != null) {
      check(node, aliases);
    }
  }

  private void checkColumn(SqlIdentifier name, List<String> aliases) {
    boolean own = scope.findOwn(name, context).isPresent();
    if (own && !(name.isSimple() && aliases.stream().anyMatch(name.getSimple()::equalsIgnoreCase))) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(name), "'" + name.names.getLast()
          + "' is neither grouped by nor aggregated. Add it to GROUP BY, or aggregate it.");
    }
  }
}
