// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/** Rewrites queries: SELECT, set operations, WITH, ORDER BY. */
final class QueryRewriter {
  private final Rewriting context;

  QueryRewriter(Rewriting context) {
    this.context = context;
  }

  /** A rewritten query, its columns and its keys. */
  record Rewritten(SqlNode node, List<Relation.OutColumn> columns, List<Set<String>> keys) {}

  /** {@code carries} says that the query is a sub-query in FROM, whose measures an outer block may still evaluate. */
  Rewritten rewrite(SqlNode node, Map<String, Relation> ctes, Optional<Scope> outer, boolean carries) {
    Rewritten rewritten = rewritten(node, ctes, outer, carries);
    context.types.putQuery(node,
        rewritten.columns().stream().filter(column -> !column.name().contains("#")).map(Relation.OutColumn::type).toList());
    return rewritten;
  }

  private Rewritten rewritten(SqlNode node, Map<String, Relation> ctes, Optional<Scope> outer, boolean carries) {
    return switch (node) {
      case SqlWith with -> with(with, ctes, outer, carries);
      case SqlOrderBy order when order.query instanceof SqlSelect select -> select(select, order, ctes, outer, carries);
      case SqlOrderBy order when order.query instanceof SqlWith with -> with(
          new SqlWith(with.getParserPosition(), with.withList,
              new SqlOrderBy(order.getParserPosition(), with.body, order.orderList, order.offset, order.fetch)),
          ctes, outer, carries);
      case SqlOrderBy order -> ordered(order, ctes, outer);
      case SqlSelect select -> select(select, null, ctes, outer, carries);
      case SqlBasicCall call when isSetOperation(call) -> setOperation(call, ctes, outer);
      case SqlBasicCall call when call.getKind() == SqlKind.VALUES -> values(call, ctes, outer);
      default -> throw Problem.at(QueryIssue.UNSUPPORTED, context.at(node), "only queries can stand here.");
    };
  }

  private static boolean isSetOperation(SqlCall call) {
    return call.getKind() == SqlKind.UNION || call.getKind() == SqlKind.INTERSECT || call.getKind() == SqlKind.EXCEPT;
  }

  private Rewritten select(SqlSelect select, @org.jspecify.annotations.Nullable SqlOrderBy order, Map<String, Relation> ctes,
      Optional<Scope> outer,
      boolean carries) {
    return new SelectRewriter(context, this, ctes, outer, carries).rewrite(select, Optional.ofNullable(order));
  }

  private Rewritten with(SqlWith with, Map<String, Relation> ctes, Optional<Scope> outer, boolean carries) {
    Map<String, Relation> known = new LinkedHashMap<>(ctes);
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode one : with.withList) {
      SqlWithItem item = (SqlWithItem) one;
      String name = item.name.getSimple();
      Rewritten body = rewrite(item.query, known, outer, true);
      List<Relation.OutColumn> columns = item.columnList == null ? body.columns() : renamed(body.columns(), item.columnList, item);
      known.put(name.toLowerCase(Locale.ROOT), new Relation(name, columns, Optional.empty(), FromRewriter.renamed(body, columns)));
      items.add(new SqlWithItem(SqlNodes.POS, item.name, allNames(item.columnList, columns), body.node(), item.recursive));
    }
    Rewritten body = rewrite(with.body, known, outer, carries);
    return new Rewritten(new SqlWith(SqlNodes.POS, new SqlNodeList(items, SqlNodes.POS), body.node()), body.columns(), body.keys());
  }

  private static @org.jspecify.annotations.Nullable SqlNodeList allNames(@org.jspecify.annotations.Nullable SqlNodeList given,
      List<Relation.OutColumn> columns) {
    return given == null ? null
        : new SqlNodeList(columns.stream().map(column -> new SqlIdentifier(column.name(), SqlNodes.POS)).toList(), SqlNodes.POS);
  }

  private List<Relation.OutColumn> renamed(List<Relation.OutColumn> columns, SqlNodeList names, SqlNode at) {
    long shown = columns.stream().filter(column -> !column.name().contains("#")).count();
    if (shown != names.size()) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(at), "the list names " + names.size() + " columns, the query has " + shown + ".");
    }
    List<Relation.OutColumn> renamed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      renamed.add(
          i < names.size() ? columns.get(i).named(((SqlIdentifier) names.get(i)).getSimple()) : columns.get(i));
    }
    return renamed;
  }

  private Rewritten ordered(SqlOrderBy order, Map<String, Relation> ctes, Optional<Scope> outer) {
    Rewritten query = rewrite(order.query, ctes, outer, false);
    return new Rewritten(new SortedUnion(context, query, ctes).ordered(order), query.columns(), query.keys());
  }

  private Rewritten setOperation(SqlBasicCall call, Map<String, Relation> ctes, Optional<Scope> outer) {
    List<SqlNode> inputs = new ArrayList<>();
    List<Relation.OutColumn> columns = List.of();
    for (SqlNode operand : call.getOperandList()) {
      Rewritten input = rewrite(operand, ctes, outer, false);
      columns = inputs.isEmpty() ? input.columns() : columns;
      if (columns.size() != input.columns().size()) {
        throw Problem.at(QueryIssue.INVALID_SQL, context.at(operand), "this query has " + input.columns().size()
            + " columns, the one before it " + columns.size() + ".");
      }
      columns = met(columns, input.columns(), operand);
      inputs.add(input.node());
    }
    boolean distinct = !((SqlSetOperator) call.getOperator()).isAll();
    return new Rewritten(call.getOperator().createCall(SqlNodes.POS, inputs), columns,
        distinct ? List.of(Relation.key(columns.stream().map(Relation.OutColumn::name).toList())) : List.of());
  }

  /** The columns of both queries, whose values must be of one family. */
  private List<Relation.OutColumn> met(List<Relation.OutColumn> columns, List<Relation.OutColumn> further, SqlNode at) {
    List<Relation.OutColumn> met = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Relation.OutColumn column = columns.get(i);
      DataType type = context.types.met(column.type(), further.get(i).type(), at, i + 1);
      met.add(new Relation.OutColumn(column.name(), column.measure(), type));
    }
    return met;
  }

  private Rewritten values(SqlBasicCall call, Map<String, Relation> ctes, Optional<Scope> outer) {
    ExprRewriter expressions = new ExprRewriter(context, this, new Scope(List.of(), ctes, outer), false, Collections.emptyMap());
    List<SqlNode> rows = new ArrayList<>();
    int width = 0;
    for (SqlNode row : call.getOperandList()) {
      SqlCall values = (SqlCall) row;
      if (width > 0 && values.operandCount() != width) {
        throw Problem.at(QueryIssue.INVALID_SQL, context.at(row), "the rows of VALUES have different numbers of values.");
      }
      width = values.operandCount();
      rows.add(values.getOperator().createCall(SqlNodes.POS, values.getOperandList().stream().map(expressions::rewrite).toList()));
    }
    List<Relation.OutColumn> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int place = i;
      columns.add(Relation.OutColumn.plain("col" + i, context.types.common(call.getOperandList()
          .stream()
          .<SqlNode>map(row -> ((SqlCall) row).operand(place))
          .toList(), "a value in a column of")));
    }
    return new Rewritten(call.getOperator().createCall(SqlNodes.POS, rows), columns, distinctColumns(call, columns));
  }

  /** The columns of constant rows whose values all differ. */
  private static List<Set<String>> distinctColumns(SqlCall rows, List<Relation.OutColumn> columns) {
    List<Set<String>> keys = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Set<String> values = new LinkedHashSet<>();
      for (SqlNode row : rows.getOperandList()) {
        SqlNode value = ((SqlCall) row).operandCount() > i ? ((SqlCall) row).operand(i) : row;
        if (value instanceof SqlLiteral) {
          values.add(value.toString().toLowerCase(Locale.ROOT).strip());
        }
      }
      if (values.size() == rows.operandCount()) {
        keys.add(Relation.key(List.of(columns.get(i).name())));
      }
    }
    return keys;
  }
}
