// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the value of a derived field out of a row. */
record DerivedFetcher(DerivedField derived) implements LightDataFetcher<@Nullable Object> {

  @Override
  public @Nullable Object get(GraphQLFieldDefinition field, Object row, Supplier<DataFetchingEnvironment> environment) {
    return ((Answer.Row) row).value(derived.kind() == DerivedField.Kind.PART ? Answer.itemKey(derived.item(part(environment.get())))
        : Answer.metricKey(derived.compared()));
  }

  @Override
  public @Nullable Object get(DataFetchingEnvironment environment) {
    return get(environment.getFieldDefinition(), Objects.requireNonNull(environment.getSource()), () -> environment);
  }

  private static String part(DataFetchingEnvironment environment) {
    return Objects.requireNonNull(environment.<String>getArgument("part")).toLowerCase(Locale.ROOT);
  }
}
