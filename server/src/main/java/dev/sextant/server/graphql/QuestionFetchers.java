// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers questions of tools: any query, and the values of a dimension. */
final class QuestionFetchers {

  private QuestionFetchers() {}

  static void wire(RuntimeWiring.Builder wiring) {
    wiring.type("Query", query -> query.dataFetcher("query", QuestionFetchers::query)
        .dataFetcher("dimension_values", environment -> values(Objects.requireNonNull(environment.getArgument("dimension")), environment)));
    wiring.type("Dimension", dimension -> dimension.dataFetcher("values",
        environment -> values(CatalogFetchers.nameOf(environment), environment)));
  }

  private static CompletableFuture<Map<String, @Nullable Object>> query(DataFetchingEnvironment environment) {
    return Questioner.ask(query(new Arguments(environment.getArguments()).object("input")), environment)
        .thenApply(QuestionFetchers::answer);
  }

  private static MetricQuery query(Arguments input) {
    return new MetricQuery(input.items("metrics"), input.items("group_by"), input.texts("where"), input.texts("having"),
        input.texts("order_by"), input.count("limit"), input.count("offset"), input.timeRange(), input.text("time_zone"),
        input.text("saved_query"), mode(input), input.extras(),
        input.options(RollupUse.USE));
  }

  private static Mode mode(Arguments input) {
    boolean minMax = input.flag("min_max_only", false);
    boolean distinct = input.flag("distinct", true);
    if (minMax && !distinct) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "'min_max_only' and 'distinct: false' exclude each other.");
    }
    return minMax ? Mode.MIN_MAX : distinct ? Mode.DISTINCT : Mode.ALL_ROWS;
  }

  private static Map<String, @Nullable Object> answer(Answer answer) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("columns", answer.schema().columns().stream().map(QuestionFetchers::column).toList());
    entry.put("rows", answer.rows().stream().map(Arrays::asList).toList());
    entry.put("row_count", answer.rows().size());
    entry.put("query_id", answer.facts().queryId());
    entry.put("sql", answer.facts().statements().isEmpty() ? null : answer.facts().statements().getFirst().sql());
    entry.put("warehouse", answer.facts().statements().isEmpty() ? null : answer.facts().statements().getFirst().warehouse());
    entry.put("notes", answer.facts().notes().isEmpty() ? null : answer.facts().notes());
    return entry;
  }

  private static Map<String, @Nullable Object> column(dev.sextant.query.ResultSchema.Column column) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", column.name());
    entry.put("type", column.type().toString());
    entry.put("role", column.role().name().toLowerCase(Locale.ROOT));
    entry.put("label", column.label().orElse(null));
    return entry;
  }

  private static CompletableFuture<List<@Nullable Object>> values(String dimension, DataFetchingEnvironment environment) {
    Arguments arguments = new Arguments(environment.getArguments());
    List<String> where = arguments.text("search")
        .filter(text -> !text.isEmpty())
        .map(text -> List.of(contains(dimension, text)))
        .orElse(List.of());
    List<Item> metrics = arguments.items("metrics");
    OptionalLong limit = arguments.count("limit");
    MetricQuery query = new MetricQuery(metrics, List.of(Item.of(dimension)), where, List.of(), List.of(dimension), limit,
        OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Mode.DISTINCT, Extras.NONE, Options.DEFAULT);
    return Questioner.ask(query, environment).thenApply(answer -> {
      List<@Nullable Object> values = new ArrayList<>();
      answer.rows().forEach(row -> values.add(row[0]));
      return values;
    });
  }

  /** The condition that a value's text contains another in any case: taking it out would change the value. LIKE would read its signs. */
  private static String contains(String dimension, String wanted) {
    Expr text = Expr.call("lower", new Expr.Cast(Expr.column(dimension), DataType.STRING));
    Expr without = Expr.call("replace", text, Expr.string(wanted.toLowerCase(Locale.ROOT)), Expr.string(""));
    return ExprPrinter.print(Expr.call("<>", without, text));
  }
}
