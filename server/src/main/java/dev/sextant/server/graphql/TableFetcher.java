// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks what is selected of a table. */
record TableFetcher(TableType table, Grains grains) implements DataFetcher<CompletableFuture<List<Answer.Row>>> {

  @Override
  public CompletableFuture<List<Answer.Row>> get(DataFetchingEnvironment environment) {
    return Questioner.ask(query(environment), environment)
        .thenApply(answer -> answer.rows().stream().map(values -> new Answer.Row(answer, values)).toList());
  }

  private MetricQuery query(DataFetchingEnvironment environment) {
    Selection selection = selection(environment);
    Arguments arguments = new Arguments(environment.getArguments());
    List<String> where = filters(arguments.objects("where"), (column, grain) -> Selection.item(column, grain));
    List<String> having = filters(arguments.objects("having"), (column, grain) -> {
      selection.add(column, grain);
      return column.of();
    });
    List<String> order = order(arguments.objects("order_by"), selection);
    return new MetricQuery(selection.metrics().stream().map(Item::of).toList(), selection.items().stream().map(Item::of).toList(), where,
        having, order, arguments.count("limit"), arguments.count("offset"), arguments.timeRange(), arguments.text("time_zone"),
        Optional.empty(),
        Mode.DISTINCT, new Extras(arguments.flag("fill", false), arguments.text("compare"), List.of()), arguments.options());
  }

  private Selection selection(DataFetchingEnvironment environment) {
    Selection selection = new Selection(table);
    for (SelectedField field : environment.getSelectionSet().getImmediateFields()) {
      table.column(field.getName()).ifPresent(column -> selection.add(column, grain(field.getArguments())));
      Optional.ofNullable(table.derived().get(field.getName())).ifPresent(derived -> {
        checkCompared(derived, field.getName(), environment);
        selection.add(derived,
            Optional.ofNullable(field.getArguments().get("part")).map(part -> String.valueOf(part).toLowerCase(Locale.ROOT)));
      });
    }
    if (selection.items().isEmpty() && selection.metrics().isEmpty()) {
      throw new SextantException(Issue.of(QueryIssue.EMPTY_QUERY, Position.NOWHERE,
          "Nothing of '" + table.field() + "' is selected; select at least one dimension or metric."));
    }
    return selection;
  }

  private static void checkCompared(DerivedField derived, String field, DataFetchingEnvironment environment) {
    if (derived.kind() != DerivedField.Kind.PART && new Arguments(environment.getArguments()).text("compare").isEmpty()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST,
          "'" + field + "' compares with an earlier time; say which by the argument compare, such as compare: \"1 year\".");
    }
  }

  private Optional<String> grain(Map<String, Object> arguments) {
    return Optional.ofNullable(arguments.get("grain")).map(String::valueOf).map(grains::label);
  }

  private List<String> filters(List<Map<String, Object>> filters,
      java.util.function.BiFunction<dev.sextant.query.TableEntry.Column, Optional<String>, String> names) {
    Conditions conditions = new Conditions(table, names, grains);
    List<Expr> all = new ArrayList<>();
    filters.forEach(filter -> all.addAll(conditions.of(filter)));
    return all.stream().map(ExprPrinter::print).toList();
  }

  private static List<String> order(List<Map<String, Object>> asked, Selection selection) {
    List<String> order = new ArrayList<>();
    asked.forEach(one -> one.forEach((field, direction) -> order.add(("DESC".equals(direction) ? "-" : "") + selection.orderable(field))));
    return order;
  }
}
