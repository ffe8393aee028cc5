// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.model.Position;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.QueryBinder;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.sql.table.SemanticTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dbt's {@code {{ semantic_layer.query(metrics=['a'], group_by=['b'], where="..", limit=1) }}} as a table; a fixed grammar, never Jinja. */
final class TemplateQuery {
  private static final Pattern CALL = Pattern.compile("semantic_layer\\s*\\.\\s*query\\s*\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern ARGUMENT = Pattern.compile("\\G\\s*,?\\s*(\\w+)\\s*=\\s*(\\[[^\\]]*\\]|\"[^\"]*\"|'[^']*'|\\d+)",
      Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile("((?:Dimension|TimeDimension|Entity|Metric)\\s*\\([^)]*\\))|\"([^\"]*)\"|'([^']*)'");

  private TemplateQuery() {}

  /** A metric query's columns and SQL. */
  record Table(List<Relation.OutColumn> columns, List<Set<String>> keys, Supplier<String> sql) {}

  static Table read(String template, Rewriting context, Position at) {
    Matcher call = CALL.matcher(template);
    if (!call.matches()) {
      throw Problem.at(QueryIssue.UNSUPPORTED, at, "only {{ semantic_layer.query(..) }} can stand in braces.");
    }
    MetricQuery query = query(call.group(1), at);
    BoundQuery bound = new QueryBinder(context.model).bind(query, context.caller);
    PlanNode plan = context.planner.plan(bound);
    return new Table(plan.columns().stream().map(column -> Relation.OutColumn.plain(column, type(column, context))).toList(),
        List.of(Relation.key(bound.items().stream().map(BoundQuery.Item::name).toList())),
        () -> context.text(plan));
  }

  /** The type of a column that {@code metrics} has under the same name. */
  private static DataType type(String column, Rewriting context) {
    return context.tables.table(SemanticTables.EVERYTHING)
        .flatMap(table -> table.columns()
            .stream()
            .filter(one -> one.name().equals(column))
            .findFirst()
            .map(one -> context.tableTypes.of(table, one)))
        .orElse(DataType.OTHER);
  }

  private static MetricQuery query(String arguments, Position at) {
    MetricQuery query = MetricQuery.of(List.of(), List.of());
    List<String> metrics = List.of();
    List<String> groupBy = List.of();
    List<String> where = List.of();
    List<String> orderBy = List.of();
    OptionalLong limit = OptionalLong.empty();
    Optional<String> saved = Optional.empty();
    Matcher argument = ARGUMENT.matcher(arguments);
    int end = 0;
    while (argument.find()) {
      end = argument.end();
      String value = argument.group(2);
      switch (argument.group(1)) {
        case "metrics" -> metrics = texts(value);
        case "group_by" -> groupBy = texts(value);
        case "where" -> where = texts(value);
        case "order_by" -> orderBy = texts(value);
        case "limit" -> limit = OptionalLong.of(count(value, at));
        case "saved_query" -> saved = texts(value).stream().findFirst();
        default -> throw Problem.at(QueryIssue.INVALID_SQL, at,
            "semantic_layer.query has no argument '" + argument.group(1)
                + "'; it takes metrics, group_by, where, order_by, limit, saved_query.");
      }
    }
    if (!arguments.substring(end).isBlank()) {
      throw Problem.at(QueryIssue.INVALID_SQL, at, "cannot read '" + arguments.substring(end).strip() + "' in semantic_layer.query.");
    }
    MetricQuery named = MetricQuery.of(metrics, groupBy);
    return new MetricQuery(named.metrics(), named.groupBy(), where, List.of(), orderBy, limit, OptionalLong.empty(), Optional.empty(),
        Optional.empty(), saved, query.mode(), query.extras(), query.options());
  }

  private static long count(String value, Position at) {
    if (!value.matches("\\d{1,18}")) {
      throw Problem.at(QueryIssue.INVALID_LIMIT, at, "limit takes a whole number, not " + value + ".");
    }
    return Long.parseLong(value);
  }

  private static List<String> texts(String value) {
    List<String> texts = new ArrayList<>();
    Matcher text = TEXT.matcher(value);
    while (text.find()) {
      texts.add(text.group(1) != null ? text.group(1) : text.group(2) != null ? text.group(2) : text.group(3));
    }
    return texts;
  }
}
