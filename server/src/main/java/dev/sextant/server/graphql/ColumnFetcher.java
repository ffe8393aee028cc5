// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.TableEntry;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a column's value out of a row. */
final class ColumnFetcher implements LightDataFetcher<@Nullable Object> {
  private final TableEntry.Column column;
  private final String key;
  private final Grains grains;

  ColumnFetcher(TableEntry.Column column, Grains grains) {
    this.column = column;
    this.key = column.role() == TableEntry.Role.METRIC ? Answer.metricKey(column.of()) : Answer.itemKey(column.of());
    this.grains = grains;
  }

  @Override
  public @Nullable Object get(GraphQLFieldDefinition field, Object row, Supplier<DataFetchingEnvironment> environment) {
    return ((Answer.Row) row).value(column.grains().isEmpty() ? key : withGrain(environment.get()));
  }

  @Override
  public @Nullable Object get(DataFetchingEnvironment environment) {
    return get(environment.getFieldDefinition(), Objects.requireNonNull(environment.getSource()), () -> environment);
  }

  private String withGrain(DataFetchingEnvironment environment) {
    Optional<String> grain = Optional.ofNullable(environment.<String>getArgument("grain")).map(grains::label);
    return Answer.itemKey(Selection.item(column, grain));
  }
}
