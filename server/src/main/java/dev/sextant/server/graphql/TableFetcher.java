// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.MetricQuery.RollupUse;
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
import java.util.stream.Stream;

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
    TableExtras extras = new TableExtras(table, selection, arguments);
    checkDerived(environment, extras);
    List<String> where = filters(arguments.objects("where"), (column, grain) -> Selection.item(column, grain));
    List<String> having = filters(arguments.objects("having"), (column, grain) -> {
      selection.add(column, grain);
      return column.of();
    });
    List<String> order = order(arguments.objects("order_by"), selection);
    return new MetricQuery(selection.metrics().stream().map(Item::of).toList(), selection.items().stream().map(Item::of).toList(), where,
        having, order, arguments.count("limit"), arguments.count("offset"), arguments.timeRange(), arguments.text("time_zone"),
        Optional.empty(), Mode.DISTINCT, extras.extras(), arguments.options(RollupUse.EXACT));
  }

  private Selection selection(DataFetchingEnvironment environment) {
    Selection selection = new Selection(table);
    for (SelectedField field : environment.getSelectionSet().getImmediateFields()) {
      table.column(field.getName()).ifPresent(column -> selection.add(column, grain(field.getArguments())));
      Optional.ofNullable(table.derived().get(field.getName()))
          .ifPresent(derived -> selection.add(derived,
              Optional.ofNullable(field.getArguments().get("part")).map(part -> String.valueOf(part).toLowerCase(Locale.ROOT)),
              grain(field.getArguments())));
    }
    if (selection.items().isEmpty() && selection.metrics().isEmpty()) {
      throw new SextantException(Issue.of(QueryIssue.EMPTY_QUERY, Position.NOWHERE,
          "Nothing of '" + table.field() + "' is selected; select at least one dimension or metric."));
    }
    return selection;
  }

  /** Fields whose values need an argument are refused without it: those that are selected, filtered or ordered by. */
  private void checkDerived(DataFetchingEnvironment environment, TableExtras extras) {
    Arguments arguments = new Arguments(environment.getArguments());
    environment.getSelectionSet()
        .getImmediateFields()
        .forEach(field -> Optional.ofNullable(table.derived().get(field.getName()))
            .ifPresent(derived -> extras.check(field.getName(), derived, grain(field.getArguments()))));
    Stream.of("having", "order_by")
        .flatMap(argument -> arguments.objects(argument).stream())
        .flatMap(object -> object.keySet().stream())
        .forEach(name -> table.number(name).ifPresent(derived -> extras.check(name, derived, Optional.empty())));
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
    asked.forEach(one -> one.forEach((field, direction) -> selection.orderable(field)
        .forEach(column -> order.add(("DESC".equals(direction) ? "-" : "") + column))));
    return order;
  }
}
