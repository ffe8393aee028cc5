// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.model.NearestNames;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.RawSql;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.parse.SqlPrelude;
import dev.sextant.query.sql.table.InformationSchema;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Rewrites FROM: virtual tables become their planned rows, sub-queries are rewritten, joins keep their conditions. */
final class FromRewriter {
  private final Rewriting context;
  private final QueryRewriter queries;
  private final Map<String, Relation> ctes;
  private final Optional<Scope> outer;
  private final List<Relation> relations = new ArrayList<>();
  private final List<SqlNode> conditions = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();

  FromRewriter(Rewriting context, QueryRewriter queries, Map<String, Relation> ctes, Optional<Scope> outer) {
    this.context = context;
    this.queries = queries;
    this.ctes = ctes;
    this.outer = outer;
  }

  /** What a block of these tables sees; {@code where} is its condition as written. */
  Scope scope(@org.jspecify.annotations.Nullable SqlNode where) {
    if (where != null) {
      conditions.add(where);
    }
    Scope scope = new Scope(relations, ctes, outer);
    return new JoinRows(context, scope, conditions).marked(scope);
  }

  SqlNode rewrite(SqlNode from) {
    return switch (from) {
      case SqlIdentifier name -> table(name, name.names.getLast(), List.of());
      case SqlJoin join -> join(join);
      case SqlBasicCall call when call.getKind() == SqlKind.AS -> aliased(call);
      default -> from.getKind().belongsTo(SqlKind.QUERY) ? subquery(from, context.freshName("query"), List.of()) : unsupported(from);
    };
  }

  private SqlNode unsupported(SqlNode from) {
    throw Problem.at(QueryIssue.UNSUPPORTED, context.at(from),
        from.getKind().lowerName.replace('_', ' ') + " cannot stand in FROM; tables, views, sub-queries and joins can.");
  }

  private SqlNode aliased(SqlBasicCall call) {
    String alias = ((SqlIdentifier) call.operand(1)).getSimple();
    List<String> columns = call.getOperandList()
        .subList(2, call.operandCount())
        .stream()
        .map(one -> ((SqlIdentifier) one).getSimple())
        .toList();
    SqlNode table = call.operand(0);
    return table instanceof SqlIdentifier name ? table(name, alias, columns)
        : table.getKind().belongsTo(SqlKind.QUERY) || table.getKind() == SqlKind.WITH ? subquery(table, alias, columns)
            : unsupported(table);
  }

  private SqlNode table(SqlIdentifier name, String alias, List<String> columns) {
    Optional<Relation> cte = name.isSimple() ? scopeCte(name.getSimple()) : Optional.empty();
    if (cte.isPresent()) {
      add(new Relation(alias, cte.get().columns(), Optional.empty(), cte.get().keys()), name);
      return SqlNodes.as(new SqlIdentifier(cte.get().alias(), SqlNodes.POS), alias);
    }
    if (name.isSimple() && name.getSimple().startsWith(SqlPrelude.TEMPLATE)) {
      return template(name, alias.startsWith(SqlPrelude.TEMPLATE) ? context.freshName("metrics") : alias);
    }
    Optional<InformationSchema.Table> information = InformationSchema.table(name.names, context.tables);
    if (information.isPresent()) {
      add(Relation.of(alias,
          information.get()
              .types()
              .entrySet()
              .stream()
              .map(column -> Relation.OutColumn.plain(column.getKey(), column.getValue()))
              .toList()),
          name);
      return SqlNodes.as(new RawSql(() -> information.get().sql()), alias);
    }
    if (!columns.isEmpty()) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(name),
          "columns of a table cannot be renamed in FROM; rename them in the select list.");
    }
    return virtual(name, alias);
  }

  private Optional<Relation> scopeCte(String name) {
    return Optional.ofNullable(ctes.get(name.toLowerCase(Locale.ROOT)));
  }

  private SqlNode virtual(SqlIdentifier name, String alias) {
    boolean ours = name.names.size() == 1 || name.names.get(name.names.size() - 2).equalsIgnoreCase(InformationSchema.SCHEMA);
    SemanticTable table = (ours ? context.tables.table(name.names.getLast()) : Optional.<SemanticTable>empty()).orElseThrow(() -> {
      List<String> near = NearestNames.to(name.names.getLast(), context.tables.all().stream().map(SemanticTable::name).toList());
      return Problem.at(QueryIssue.UNKNOWN_VIEW, context.at(name), "table '" + String.join(".", name.names) + "' is not defined."
          + NearestNames.question(near), near);
    });
    TableUse use = new TableUse(table, context.model, context.tableTypes);
    add(new Relation(alias, use.columns(), Optional.of(use), use.keys()), name);
    return SqlNodes.as(new RawSql(() -> context.rowsText(use.plan())), alias);
  }

  private SqlNode template(SqlIdentifier name, String alias) {
    TemplateQuery.Table table = TemplateQuery.read(SqlPrelude.carried(name.getSimple(), SqlPrelude.TEMPLATE), context, context.at(name));
    add(new Relation(alias, table.columns(), Optional.empty(), table.keys()), name);
    return SqlNodes.as(new RawSql(table.sql()), alias);
  }

  private SqlNode subquery(SqlNode query, String alias, List<String> columns) {
    QueryRewriter.Rewritten rewritten = queries.rewrite(query, ctes, outer, true);
    List<Relation.OutColumn> named = new ArrayList<>(rewritten.columns());
    for (int i = 0; i < columns.size(); i++) {
      named.set(i, named.get(i).named(columns.get(i)));
    }
    add(new Relation(alias, named, Optional.empty(), renamed(rewritten, named)), query);
    if (columns.isEmpty()) {
      return SqlNodes.as(rewritten.node(), alias);
    }
    List<SqlNode> operands = new ArrayList<>(List.of(rewritten.node(), new SqlIdentifier(alias, SqlNodes.POS)));
    named.forEach(column -> operands.add(new SqlIdentifier(column.name(), SqlNodes.POS)));
    return SqlStdOperatorTable.AS.createCall(SqlNodes.POS, operands);
  }

  /** The keys of a query by the new names of its columns. */
  static List<Set<String>> renamed(QueryRewriter.Rewritten query, List<Relation.OutColumn> named) {
    List<String> old = query.columns().stream().map(column -> column.name().toLowerCase(Locale.ROOT)).toList();
    return query.keys()
        .stream()
        .map(key -> Relation.key(key.stream().map(column -> named.get(old.indexOf(column)).name()).toList()))
        .toList();
  }

  private void add(Relation relation, SqlNode at) {
    if (!names.add(relation.alias().toLowerCase(Locale.ROOT))) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(at),
          "FROM names '" + relation.alias() + "' twice; give one of them another alias.");
    }
    relations.add(relation);
  }

  private SqlNode join(SqlJoin join) {
    SqlNode left = rewrite(join.getLeft());
    SqlNode right = rewrite(join.getRight());
    SqlNode condition = join.getCondition();
    if (join.isNatural()) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(join),
          "NATURAL JOIN depends on which columns happen to be there; write ON or USING.");
    }
    SqlNode rewritten = condition == null ? null : switch (join.getConditionType()) {
      case ON -> on(condition);
      case USING -> using((SqlNodeList) condition, join.getJoinType());
      case NONE -> condition;
    };
    return new SqlJoin(SqlNodes.POS, left, join.isNaturalNode(), join.getJoinTypeNode(), right, join.getConditionTypeNode(), rewritten);
  }

  private SqlNode on(SqlNode condition) {
    conditions.add(condition);
    SqlNode rewritten = new ExprRewriter(context, queries, new Scope(relations, ctes, outer), false, Collections.emptyMap())
        .rewrite(new Placement(context::at).ofRows(condition, "ON"));
    context.types.condition(condition, "ON");
    return Placement.condition(rewritten);
  }

  /** The bare name of a column that is joined by means the side that keeps its rows; after FULL JOIN neither does. */
  private void merge(String column, List<Relation> having, JoinType type) {
    if (type != JoinType.FULL) {
      Relation kept = type == JoinType.RIGHT ? having.getLast() : having.getFirst();
      relations.replaceAll(relation -> having.contains(relation) && !relation.equals(kept) ? relation.merging(column) : relation);
    }
  }

  private void checkUsing(SqlIdentifier name, List<Relation> having) {
    DataType first = having.getFirst().column(name.getSimple()).orElseThrow().type();
    having.forEach(relation -> context.types.met(first, relation.column(name.getSimple()).orElseThrow().type(), name, 1));
  }

  private SqlNode using(SqlNodeList columns, JoinType type) {
    List<SqlNode> names = new ArrayList<>();
    for (SqlNode one : columns) {
      SqlIdentifier name = (SqlIdentifier) one;
      List<Relation> having = relations.stream().filter(relation -> relation.column(name.getSimple()).isPresent()).toList();
      if (having.size() < 2) {
        throw new Scope(relations, ctes, outer).unknown(name, context);
      }
      checkUsing(name, having);
      having.forEach(relation -> ExprRewriter.use(relation, relation.column(name.getSimple()).orElseThrow()));
      List<SqlNode> same = having.stream().<SqlNode>map(relation -> SqlNodes.column(relation.alias(), name.getSimple())).toList();
      same.stream().skip(1).forEach(other -> conditions.add(SqlStdOperatorTable.EQUALS.createCall(SqlNodes.POS, same.getFirst(), other)));
      merge(name.getSimple(), having, type);
      names.add(new SqlIdentifier(having.getFirst().column(name.getSimple()).orElseThrow().name(), SqlNodes.POS));
    }
    return new SqlNodeList(names, SqlNodes.POS);
  }
}
