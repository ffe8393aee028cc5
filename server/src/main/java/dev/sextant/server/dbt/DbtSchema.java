// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.server.Backend;
import dev.sextant.server.graphqlhttp.AskableSchema;
import dev.sextant.server.graphqlhttp.GraphqlErrors;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.AsyncSerialExecutionStrategy;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** The schema of dbt's Semantic Layer; it is the same for every model. */
record DbtSchema(GraphQLSchema schema, GraphQL graphql) implements AskableSchema {
  private static final GraphQLScalarType BIG_INT = GraphQLScalarType.newScalar()
      .name("BigInt")
      .description("A whole number of 64 bits.")
      .coercing(new Whole())
      .build();
  private static final GraphQLScalarType JSON = GraphQLScalarType.newScalar()
      .name("JSON")
      .description("Any JSON value.")
      .coercing(new AsItIs())
      .build();

  static DbtSchema of(Backend backend, DbtQueries queries) {
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().scalar(BIG_INT).scalar(JSON);
    new DbtCatalog(backend).wire(wiring);
    queries.wire(wiring);
    GraphQLSchema schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text()), wiring.build());
    GraphqlErrors errors = new GraphqlErrors();
    return new DbtSchema(schema, GraphQL.newGraphQL(schema)
        .queryExecutionStrategy(new AsyncExecutionStrategy(errors))
        .mutationExecutionStrategy(new AsyncSerialExecutionStrategy(errors))
        .defaultDataFetcherExceptionHandler(errors)
        .build());
  }

  private static String text() {
    try (InputStream in = Objects.requireNonNull(DbtSchema.class.getResourceAsStream("dbt.graphqls"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whole numbers, also in strings as JavaScript sends large ones. */
  private static final class Whole implements Coercing<BigInteger, Object> {
    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
      return value;
    }

    @Override
    public BigInteger parseValue(Object value, GraphQLContext context, Locale locale) {
      try {
        return new BigInteger(String.valueOf(value).strip());
      } catch (NumberFormatException none) {
        throw new CoercingParseValueException("A BigInt is a whole number, not '" + value + "'.");
      }
    }

    @Override
    public BigInteger parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return switch (value) {
        case IntValue number -> number.getValue();
        case StringValue text -> parseValue(String.valueOf(text.getValue()), context, locale);
        default -> throw new CoercingParseLiteralException("A BigInt is a whole number.");
      };
    }
  }

  /** Values of answers only. */
  private static final class AsItIs implements Coercing<Object, Object> {
    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
      return value;
    }
  }
}
