// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;

/** The ORDER BY of a block: by names or places of its columns, or by expressions. Texts are sorted by their bytes, whatever the warehouse does. */
final class SortKeys {
  private final Rewriting context;
  private final Scope scope;
  private final List<Map.Entry<String, SqlNode>> entries;
  private final SqlNodeList items;
  private final boolean distinct;
  private final UnaryOperator<SqlNode> expression;
  private final Set<Integer> bytewise = new LinkedHashSet<>();

  /** {@code entries} is the select list as written, {@code items} the rewritten one, whose columns may be marked as sorted. */
  SortKeys(Rewriting context, Scope scope, List<Map.Entry<String, SqlNode>> entries, SqlNodeList items, boolean distinct,
      UnaryOperator<SqlNode> expression) {
    this.context = context;
    this.scope = scope;
    this.entries = entries;
    this.items = items;
    this.distinct = distinct;
    this.expression = expression;
  }

  SqlNodeList rewrite(SqlNodeList order) {
    SqlNodeList keys = new SqlNodeList(SqlNodes.POS);
    order.forEach(key -> keys.add(SqlNodes.nullsLast(key(key))));
    return keys;
  }

  /** The columns, from 0, whose expressions are marked as sorted. */
  Set<Integer> marked() {
    return bytewise;
  }

  private SqlNode key(SqlNode key) {
    if (key.getKind() == SqlKind.DESCENDING || key.getKind() == SqlKind.NULLS_FIRST || key.getKind() == SqlKind.NULLS_LAST) {
      return ((SqlCall) key).getOperator().createCall(SqlNodes.POS, key(((SqlCall) key).operand(0)));
    }
    if (key.getKind() == SqlKind.LITERAL) {
      mark(place(key, entries.size(), context) - 1);
      return key;
    }
    OptionalInt column = column(key);
    if (column.isPresent()) {
      mark(column.getAsInt());
      return new SqlIdentifier(entries.get(column.getAsInt()).getKey(), SqlNodes.POS);
    }
    SqlNode rewritten = SqlNodes.typed(expression.apply(key));
    return isText(key) ? context.functions.bytewise(rewritten) : rewritten;
  }

  private OptionalInt column(SqlNode key) {
    if (key instanceof SqlIdentifier name && name.isSimple()) {
      OptionalInt named = first(entry -> entry.getKey().equalsIgnoreCase(name.getSimple()));
      if (named.isPresent()) {
        return named;
      }
    }
    SameExpressions expressions = new SameExpressions(context, scope);
    return distinct ? first(entry -> expressions.same(entry.getValue(), key)) : OptionalInt.empty();
  }

  private OptionalInt first(java.util.function.Predicate<Map.Entry<String, SqlNode>> wanted) {
    return IntStream.range(0, entries.size()).filter(i -> wanted.test(entries.get(i))).findFirst();
  }

  private boolean isText(SqlNode key) {
    return context.types.of(key).equals(DataType.STRING);
  }

  private void mark(int column) {
    SqlNode item = ((SqlCall) items.get(column)).operand(0);
    if (isText(item) && bytewise.add(column)) {
      SqlNode sorted = context.functions.bytewise(item);
      context.types.put(sorted, DataType.STRING);
      items.set(column, SqlNodes.as(sorted, entries.get(column).getKey()));
    }
  }

  /** The place a constant names among so many columns, from 1. */
  static int place(SqlNode key, int columns, Rewriting context) {
    boolean whole = key instanceof SqlNumericLiteral number && number.isInteger() && number.bigDecimalValue() != null
        && number.bigDecimalValue().precision() < 10;
    int place = whole ? ((SqlNumericLiteral) key).intValue(true) : 0;
    if (place < 1 || place > columns) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(key),
          "there is no column " + key + " in the select list; it has " + columns + ".");
    }
    return place;
  }
}
