// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;

/** The keys of a grouped block by names of our own, as written; ordinals and aliases stand for entries of the select list. */
final class BlockKeys {
  private final Rewriting context;
  private final Scope scope;
  private final List<Map.Entry<String, SqlNode>> entries;
  private final SameExpressions expressions;
  private final Map<String, SqlNode> keys = new LinkedHashMap<>();
  private boolean subtotals;

  BlockKeys(Rewriting context, Scope scope, SqlNodeList group, List<Map.Entry<String, SqlNode>> entries) {
    this.context = context;
    this.scope = scope;
    this.entries = entries;
    this.expressions = new SameExpressions(context, scope);
    group.forEach(this::add);
  }

  Map<String, SqlNode> all() {
    return keys;
  }

  /** Whether there are groups over some of the keys only. */
  boolean hasSubtotals() {
    return subtotals;
  }

  /** The key an expression is. */
  Optional<String> key(SqlNode node) {
    return keys.entrySet().stream().filter(key -> expressions.same(key.getValue(), node)).map(Map.Entry::getKey).findFirst();
  }

  private void add(SqlNode node) {
    if (isGrouping(node)) {
      subtotals |= node.getKind() != SqlKind.ROW;
      ((SqlCall) node).getOperandList().forEach(this::add);
    } else if (node instanceof SqlNodeList list) {
      list.forEach(this::add);
    } else {
      SqlNode key = resolved(node);
      if (!(key instanceof SqlLiteral) && key(key).isEmpty()) {
        keys.put("key_" + (keys.size() + 1), key);
      }
    }
  }

  private static boolean isGrouping(SqlNode node) {
    return node.getKind() == SqlKind.ROLLUP || node.getKind() == SqlKind.CUBE || node.getKind() == SqlKind.GROUPING_SETS
        || node.getKind() == SqlKind.ROW;
  }

  /** The GROUP BY of the keys, each rewritten. */
  SqlNode rewritten(SqlNode node, ExprRewriter rows) {
    if (isGrouping(node)) {
      return ((SqlCall) node).getOperator()
          .createCall(SqlNodes.POS, ((SqlCall) node).getOperandList().stream().map(one -> rewritten(one, rows)).toList());
    }
    return node instanceof SqlNodeList list ? new SqlNodeList(list.stream().map(one -> rewritten(one, rows)).toList(), SqlNodes.POS)
        : rows.rewrite(resolved(node));
  }

  private SqlNode resolved(SqlNode node) {
    if (node instanceof SqlNumericLiteral) {
      return checked(entries.get(SortKeys.place(node, entries.size(), context) - 1).getValue());
    }
    boolean column = !(node instanceof SqlIdentifier name) || scope.find(name, context).isPresent() || ExprRewriter.isKeyword(name);
    return checked(column ? node
        : entries.stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(((SqlIdentifier) node).names.getLast()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> scope.unknown((SqlIdentifier) node, context)));
  }

  private SqlNode checked(SqlNode key) {
    return new Placement(context::at).ofRows(key, "GROUP BY");
  }
}
