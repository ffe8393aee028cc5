// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;

/** The ORDER BY and LIMIT of a set operation, by names or places of its columns. */
final class SortedUnion {
  private final Rewriting context;
  private final QueryRewriter.Rewritten query;
  private final Scope names;
  private final String alias;
  private boolean bytewise;

  SortedUnion(Rewriting context, QueryRewriter.Rewritten query, Map<String, Relation> ctes) {
    this.context = context;
    this.query = query;
    this.alias = context.freshName("union");
    this.names = new Scope(List.of(Relation.of("", query.columns())), ctes, Optional.empty());
  }

  /** The query in order; texts that must be told how to compare can be told so only around the set operation. */
  SqlNode ordered(SqlOrderBy order) {
    SqlNodeList keys = new SqlNodeList(order.orderList.stream().map(this::key).map(SqlNodes::nullsLast).toList(), SqlNodes.POS);
    SqlNode offset = order.offset == null ? null : count(order.offset);
    SqlNode fetch = order.fetch == null ? null : count(order.fetch);
    return bytewise
        ? new SqlSelect(SqlNodes.POS, null, SqlNodeList.of(SqlIdentifier.star(SqlNodes.POS)), SqlNodes.as(query.node(), alias), null, null,
            null, null, null, keys, offset, fetch, null)
        : new SqlOrderBy(SqlNodes.POS, query.node(), keys, offset, fetch);
  }

  private SqlNode key(SqlNode key) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> ((SqlCall) key).getOperator().createCall(SqlNodes.POS, key(((SqlCall) key).operand(0)));
      case IDENTIFIER -> sorted(names.find((SqlIdentifier) key, context)
          .orElseThrow(() -> names.unknown((SqlIdentifier) key, context))
          .column());
      case LITERAL -> {
        Relation.OutColumn column = query.columns().get(SortKeys.place(key, query.columns().size(), context) - 1);
        yield isMarked(column) ? sorted(column) : key;
      }
      default -> throw Problem.at(QueryIssue.UNSUPPORTED, context.at(key), "a union is ordered by its columns' names or places.");
    };
  }

  private boolean isMarked(Relation.OutColumn column) {
    return column.type().equals(DataType.STRING)
        && context.functions.bytewise(new SqlIdentifier(column.name(), SqlNodes.POS)) instanceof SqlCall;
  }

  private SqlNode sorted(Relation.OutColumn column) {
    SqlNode name = new SqlIdentifier(column.name(), SqlNodes.POS);
    bytewise |= isMarked(column);
    return isMarked(column) ? context.functions.bytewise(name) : name;
  }

  private SqlNode count(SqlNode node) {
    return node instanceof SqlDynamicParam parameter ? context.count(parameter) : node;
  }
}
