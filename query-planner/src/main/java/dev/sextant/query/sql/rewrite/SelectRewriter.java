// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.NamedWindows;
import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.parse.SqlPrelude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;

/** Rewrites one SELECT block with the ORDER BY and LIMIT that belong to it. */
final class SelectRewriter {
  /** Where the windows of a WINDOW clause are among the operands of a SELECT. */
  private static final int WINDOWS = 6;

  private final Rewriting context;
  private final QueryRewriter queries;
  private final Map<String, Relation> ctes;
  private final Optional<Scope> outer;
  private final boolean carries;
  private final Placement placement;

  SelectRewriter(Rewriting context, QueryRewriter queries, Map<String, Relation> ctes, Optional<Scope> outer, boolean carries) {
    this.context = context;
    this.queries = queries;
    this.ctes = ctes;
    this.outer = outer;
    this.carries = carries;
    this.placement = new Placement(context::at);
  }

  /** An entry of the select list as written and under its name. */
  private record Entry(SqlNode node, String name) {}

  QueryRewriter.Rewritten rewrite(SqlSelect select, Optional<SqlOrderBy> sorted) {
    Optional<SqlOrderBy> order = windowsWrittenOut(select, sorted);
    FromRewriter from = new FromRewriter(context, queries, ctes, outer);
    SqlNode tables = select.getFrom() == null ? null : from.rewrite(select.getFrom());
    Scope scope = from.scope(select.getWhere());
    List<Entry> entries = entries(select.getSelectList(), scope);
    boolean grouped = select.getGroup() != null || select.getHaving() != null
        || entries.stream().anyMatch(entry -> SqlNodes.containsAggregate(entry.node()))
        || order.filter(keys -> SqlNodes.containsAggregate(keys.orderList)).isPresent();
    if (select.isDistinct() && !grouped && BlockNeeds.hasNoRows(scope)) {
      SqlNodeList keys = new SqlNodeList(entries.stream().map(Entry::node).toList(), SqlNodes.POS);
      select.setGroupBy(keys);
      return rewrite(select, order);
    }
    groupedByAll(select, entries);
    if (grouped && tables != null && BlockNeeds.layers(select, entries.stream().map(Entry::node).toList(), order, scope, context)) {
      return new LayeredBlock(context, queries, scope, tables, select, named(entries)).rewrite(named(entries), order,
          keys(select, order, scope, entries, true));
    }
    return block(select, order, tables, scope, entries, grouped);
  }

  private Optional<SqlOrderBy> windowsWrittenOut(SqlSelect select, Optional<SqlOrderBy> order) {
    if (select.getWindowList().isEmpty()) {
      return order;
    }
    NamedWindows windows = new NamedWindows(select.getWindowList(), context::at);
    select.setSelectList((SqlNodeList) windows.writtenOut(select.getSelectList()));
    if (select.getQualify() != null) {
      select.setQualify(windows.writtenOut(select.getQualify()));
    }
    select.setOperand(WINDOWS, SqlNodeList.EMPTY);
    return order.map(one -> new SqlOrderBy(one.getParserPosition(), one.query, (SqlNodeList) windows.writtenOut(one.orderList), one.offset,
        one.fetch));
  }

  /** {@code GROUP BY ALL}: by whatever is selected and aggregates nothing. */
  private static void groupedByAll(SqlSelect select, List<Entry> entries) {
    boolean all = select.getGroup() != null && select.getGroup().size() == 1 && select.getGroup().get(0) instanceof SqlIdentifier name
        && name.isSimple() && name.getSimple().equals(SqlPrelude.ALL);
    if (all) {
      select.setGroupBy(new SqlNodeList(entries.stream().map(Entry::node).filter(node -> !SqlNodes.containsAggregate(node)).toList(),
          SqlNodes.POS));
    }
  }

  private QueryRewriter.Rewritten block(SqlSelect select, Optional<SqlOrderBy> order, @org.jspecify.annotations.Nullable SqlNode tables,
      Scope scope, List<Entry> entries, boolean grouped) {
    Map<String, SqlNode> aliases = new LinkedHashMap<>();
    GroupedColumns groups = new GroupedColumns(context, scope, select.getGroup() == null ? List.of() : select.getGroup(),
        named(entries));
    ExprRewriter plain = new ExprRewriter(context, queries, scope, grouped, aliases, groups);
    ExprRewriter rows = new ExprRewriter(context, queries, scope, false, aliases);
    SqlNode where = select.getWhere() == null ? null : condition(placement.ofRows(select.getWhere(), "WHERE"), "WHERE", rows);
    SqlNodeList items = new SqlNodeList(SqlNodes.POS);
    List<Relation.OutColumn> columns = new ArrayList<>();
    boolean distinct = select.isDistinct();
    for (Entry entry : entries) {
      if (entry.node().getKind() == SqlKind.ROW) {
        throw Problem.at(QueryIssue.INVALID_SQL, context.at(entry.node()), "a row of values cannot be a column; select each value.");
      }
      SqlNode rewritten = plain.rewrite(entry.node());
      aliases.putIfAbsent(entry.name(), rewritten);
      items.add(SqlNodes.as(rewritten, entry.name()));
      columns.add(Relation.OutColumn.plain(entry.name(), context.types.of(entry.node())));
    }
    if (carries && !grouped && !distinct) {
      carry(entries, scope, items, columns);
    }
    SqlNodeList keyed = select.getGroup() == null ? null : group(select.getGroup(), entries, Collections.emptySet(), rows);
    SqlNode having = select.getHaving() == null ? null
        : condition(placement.beforeWindows(select.getHaving(), "HAVING"), "HAVING", plain);
    if (grouped) {
      checkGrouped(select, order, entries, groups);
    }
    SortKeys sorted = new SortKeys(context, scope, named(entries), items, distinct, plain::rewrite);
    SqlNodeList keys = order.map(one -> sorted.rewrite(one.orderList)).orElse(null);
    SqlNodeList group = select.getGroup() == null || sorted.marked().isEmpty() ? keyed
        : group(select.getGroup(), entries, sorted.marked(), rows);
    SqlNodeList keywords = keywords(select);
    SqlNode qualify = select.getQualify() == null ? null : condition(select.getQualify(), "QUALIFY", plain);
    SqlNode offset = order.map(one -> one.offset).map(this::count).orElse(null);
    SqlNode fetch = order.map(one -> one.fetch).map(this::count).orElse(null);
    SqlSelect rewritten = new SqlSelect(SqlNodes.POS, keywords, items, tables, where, group, having, select.getWindowList(), qualify, keys,
        offset,
        fetch, null);
    return new QueryRewriter.Rewritten(rewritten, columns, keys(select, order, scope, entries, grouped));
  }

  private SqlNode condition(SqlNode node, String clause, ExprRewriter expressions) {
    SqlNode rewritten = Placement.condition(expressions.rewrite(node));
    context.types.condition(node, clause);
    return rewritten;
  }

  private static List<Map.Entry<String, SqlNode>> named(List<Entry> entries) {
    return entries.stream().map(entry -> Map.entry(entry.name(), entry.node())).toList();
  }

  /** The keys of the block's rows. */
  private List<Set<String>> keys(SqlSelect select, Optional<SqlOrderBy> order, Scope scope, List<Entry> entries, boolean grouped) {
    return new OutputKeys(context, scope, named(entries)).of(select, order, grouped);
  }

  static @org.jspecify.annotations.Nullable SqlNodeList keywords(SqlSelect select) {
    return select.isDistinct() ? new SqlNodeList(List.of(SqlLiteral.createSymbol(SqlSelectKeyword.DISTINCT, SqlNodes.POS)), SqlNodes.POS)
        : null;
  }

  private static void checkGrouped(SqlSelect select, Optional<SqlOrderBy> order, List<Entry> entries, GroupedColumns columns) {
    List<String> names = entries.stream().map(Entry::name).toList();
    entries.forEach(entry -> columns.check(entry.node(), List.of()));
    if (select.getHaving() != null) {
      columns.check(select.getHaving(), names);
    }
    order.ifPresent(keys -> columns.check(keys.orderList, names));
  }

  private SqlNode count(SqlNode node) {
    return node instanceof SqlDynamicParam parameter ? context.count(parameter) : node;
  }

  /** Passes measures on to the block outside: plain ones in their column, others in hidden columns for each of their aggregates. */
  private void carry(List<Entry> entries, Scope scope, SqlNodeList items, List<Relation.OutColumn> columns) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Optional<Scope.Found> found = entry.node() instanceof SqlIdentifier name ? scope.find(name, context) : Optional.empty();
      Optional<Relation.Carried> measure = found.flatMap(one -> one.column().measure()).filter(one -> one.shape().isPresent());
      if (measure.isPresent()) {
        columns.set(i, new Relation.OutColumn(entry.name(),
            Optional.of(passed(entry.name(), measure.get(), found.orElseThrow().relation(), items, columns)), columns.get(i).type()));
      }
    }
  }

  private static Relation.Carried passed(String name, Relation.Carried measure, Relation relation, SqlNodeList items,
      List<Relation.OutColumn> columns) {
    List<String> leaves = new ArrayList<>();
    for (int j = 0; j < measure.leafColumns().size(); j++) {
      String leaf = measure.leafColumns().get(j);
      if (!leaf.contains("#")) {
        leaves.add(name);
        continue;
      }
      String hidden = name + "#" + j;
      items.add(SqlNodes.as(SqlNodes.column(relation.alias(), leaf), hidden));
      columns.add(Relation.OutColumn.plain(hidden, DataType.OTHER));
      leaves.add(hidden);
    }
    return new Relation.Carried(measure.metric(), measure.shape(), leaves, measure.repeated());
  }

  private List<Entry> entries(SqlNodeList list, Scope scope) {
    List<Entry> entries = new ArrayList<>();
    for (SqlNode node : list) {
      if (SqlNodes.isStar(node)) {
        entries.addAll(star((SqlIdentifier) node, scope));
      } else if (node.getKind() == SqlKind.AS) {
        entries.add(new Entry(((SqlCall) node).operand(0), ((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple()));
      } else {
        entries.add(new Entry(node, name(node, scope)));
      }
    }
    return entries;
  }

  private String name(SqlNode node, Scope scope) {
    if (node instanceof SqlIdentifier name) {
      return scope.find(name, context).map(found -> found.column().name()).orElse(name.names.getLast());
    }
    String text = context.positions.slice(node.getParserPosition());
    return text.isBlank() ? "expression" : text;
  }

  private List<Entry> star(SqlIdentifier star, Scope scope) {
    List<Entry> entries = new ArrayList<>();
    for (Relation relation : scope.relations()) {
      boolean meant = star.names.size() == 1 || relation.isNamed(star.names.get(star.names.size() - 2));
      for (Relation.OutColumn column : meant ? relation.columns() : List.<Relation.OutColumn>of()) {
        boolean readable = relation.use().isEmpty() || column.measure().isEmpty() || column.measure().get().shape().isPresent();
        if (!column.name().contains("#") && readable) {
          entries.add(new Entry(new SqlIdentifier(List.of(relation.alias(), column.name()), star.getParserPosition()), column.name()));
        }
      }
    }
    if (entries.isEmpty()) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(star), "* stands for nothing here.");
    }
    return entries;
  }

  /** {@code marked} are columns whose expressions are no longer those that the rest of the block names. */
  private SqlNodeList group(SqlNodeList group, List<Entry> entries, Set<Integer> marked, ExprRewriter rows) {
    SqlNodeList rewritten = new SqlNodeList(SqlNodes.POS);
    group.forEach(key -> rewritten.add(groupKey(key, entries, marked, rows)));
    return rewritten;
  }

  private SqlNode groupKey(SqlNode key, List<Entry> entries, Set<Integer> marked, ExprRewriter rows) {
    if (key instanceof SqlNumericLiteral) {
      int place = SortKeys.place(key, entries.size(), context) - 1;
      SqlNode meant = placement.ofRows(entries.get(place).node(), "GROUP BY");
      return marked.contains(place) ? rows.rewrite(meant) : key;
    }
    if (key instanceof SqlLiteral constant) {
      return SqlNodes.typed(constant);
    }
    if (key instanceof SqlCall call && (call.getKind() == SqlKind.ROLLUP || call.getKind() == SqlKind.CUBE
        || call.getKind() == SqlKind.GROUPING_SETS || call.getKind() == SqlKind.ROW)) {
      return call.getOperator()
          .createCall(SqlNodes.POS, call.getOperandList().stream().map(one -> groupKey(one, entries, marked, rows)).toList());
    }
    return placement.ofRows(key, rows.rewrite(placement.ofRows(key, "GROUP BY")), "GROUP BY");
  }
}
