// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the value of a derived field out of a row. */
record DerivedFetcher(DerivedField derived, Grains grains) implements LightDataFetcher<@Nullable Object> {

  @Override
  public @Nullable Object get(GraphQLFieldDefinition field, Object row, Supplier<DataFetchingEnvironment> environment) {
    return ((Answer.Row) row).value(switch (derived.kind()) {
      case PART -> Answer.itemKey(derived.item(part(environment.get())));
      case IS_TOTAL -> Answer.totalKey(derived.column().grains().isEmpty() ? derived.column().of() : withGrain(environment.get()));
      case IS_OTHERS -> Answer.othersKey(derived.column().of());
      case PREVIOUS, CHANGE, CHANGE_SHARE, SHARE, RUNNING -> Answer.metricKey(derived.added());
    });
  }

  @Override
  public @Nullable Object get(DataFetchingEnvironment environment) {
    return get(environment.getFieldDefinition(), Objects.requireNonNull(environment.getSource()), () -> environment);
  }

  private static String part(DataFetchingEnvironment environment) {
    return Objects.requireNonNull(environment.<String>getArgument("part")).toLowerCase(Locale.ROOT);
  }

  private String withGrain(DataFetchingEnvironment environment) {
    Optional<String> grain = Optional.ofNullable(environment.<String>getArgument("grain")).map(grains::label);
    return Selection.item(derived.column(), grain);
  }
}
