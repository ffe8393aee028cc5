// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.Catalog;
import dev.sextant.query.TableEntry;
import dev.sextant.server.ModelState;
import dev.sextant.server.graphqlhttp.AskableSchema;
import dev.sextant.server.graphqlhttp.GraphqlErrors;
import graphql.GraphQL;
import graphql.execution.AsyncExecutionStrategy;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The schema of one version of the model, ready to be asked. */
record ModelSchema(ModelState state, GraphQLSchema schema, GraphQL graphql) implements AskableSchema {
  private static final String CATALOG = catalog();

  /** Makes the schema of a model's tables. */
  static ModelSchema of(ModelState state, List<TableEntry> entries, Catalog catalog) {
    TypeDefinitionRegistry types = new SchemaParser().parse(CATALOG);
    Grains grains = Grains.of(state.model());
    List<String> typeNames = new ArrayList<>(types.types().keySet());
    typeNames.addAll(List.of("Query", "Mutation", "Subscription", "TimeGrain", "String", "Int", "Float", "Boolean", "ID"));
    typeNames.addAll(types.scalars().keySet());
    List<String> fieldNames = types.getType("Query", ObjectTypeDefinition.class)
        .orElseThrow()
        .getFieldDefinitions()
        .stream()
        .map(FieldDefinition::getName)
        .toList();
    List<TableType> tables = TableType.of(entries, new UniqueNames(fieldNames), new UniqueNames(typeNames));
    types.merge(new SchemaParser().parse(TableSdl.write(tables, grains.names())));
    GraphQLSchema schema = new SchemaGenerator().makeExecutableSchema(types, wiring(state, tables, grains, catalog));
    GraphqlErrors errors = new GraphqlErrors();
    return new ModelSchema(state, schema, GraphQL.newGraphQL(schema)
        .queryExecutionStrategy(new AsyncExecutionStrategy(errors))
        .defaultDataFetcherExceptionHandler(errors)
        .build());
  }

  private static RuntimeWiring wiring(ModelState state, List<TableType> tables, Grains grains, Catalog catalog) {
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
        .strictMode(false)
        .scalar(Scalars.BIG_INT)
        .scalar(Scalars.DECIMAL)
        .scalar(Scalars.FLOAT)
        .scalar(Scalars.DATE_TIME)
        .scalar(Scalars.VALUE);
    new CatalogFetchers(catalog, state, tables).wire(wiring);
    QuestionFetchers.wire(wiring);
    for (TableType table : tables) {
      wiring.type("Query", query -> query.dataFetcher(table.field(), new TableFetcher(table, grains)));
      table.columns()
          .forEach((field, column) -> wiring.type(table.type(),
              type -> type.dataFetcher(field, new ColumnFetcher(column, grains))));
      table.derived()
          .forEach((field, derived) -> wiring.type(table.type(), type -> type.dataFetcher(field, new DerivedFetcher(derived, grains))));
    }
    return wiring.build();
  }

  private static String catalog() {
    try (InputStream in = Objects.requireNonNull(ModelSchema.class.getResourceAsStream("catalog.graphqls"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
