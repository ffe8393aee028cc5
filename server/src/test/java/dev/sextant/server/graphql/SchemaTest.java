// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.TableColumns;
import dev.sextant.query.engine.ModelTables;
import dev.sextant.server.ModelState;
import dev.sextant.server.testing.FakeBackend;
import dev.sextant.server.testing.FakeEngine;
import dev.sextant.server.testing.SmallProject;
import graphql.introspection.IntrospectionQuery;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema that is made of a model. */
class SchemaTest {
  @TempDir private Path folder;

  @Test
  @SuppressWarnings("unchecked")
  void introspectionTellsTheWholeSchema() throws IOException {
    try (GraphqlClient client = new GraphqlClient(SmallProject.write(folder))) {
      JsonNode data = client.data(IntrospectionQuery.INTROSPECTION_QUERY);
      var document = new IntrospectionResultToSchema().createSchemaDefinition(new ObjectMapper().convertValue(data, Map.class));
      String told = new SchemaPrinter(SchemaPrinter.Options.defaultOptions().includeDirectives(false)).print(
          UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().buildRegistry(document)));
      assertThat(told).contains("type Sales {", "\"Money in\"", "metric_time(", "input SalesWhere {", "enum TimeGrain {", "scalar BigInt",
          "revenue: Decimal", "orders: BigInt", "order__country: String");
      JsonNode type = client.data("{ __type(name: \"SalesOrderBy\") { isOneOf inputFields { name type { name } } } }").get("__type");
      assertThat(type.get("isOneOf").asBoolean()).isTrue();
      assertThat(type.get("inputFields")).hasSize(2 + 2 + 1 + 2 * 5);
    }
  }

  @Test
  void aViewOf300FieldsIsReadyWithinASecond() throws IOException {
    Files.writeString(SmallProject.write(folder).resolve("models/wide.yml"), wide());
    if (!(ModelLoader.load(folder, new LinkedHashMap<>()) instanceof ModelResult.Valid valid)) {
      throw new AssertionError("the wide model is invalid");
    }
    ModelState state = new ModelState(valid.model(), "1", Instant.EPOCH, List.of());
    long best = Long.MAX_VALUE;
    ModelSchema schema = make(state);
    for (int i = 0; i < 3; i++) {
      long started = System.nanoTime();
      schema = make(state);
      best = Math.min(best, (System.nanoTime() - started) / 1_000_000);
    }
    System.out.println("A schema with a view of 301 fields took " + best + " ms");
    assertThat(Objects.requireNonNull(schema.schema().getObjectType("Everything")).getFieldDefinitions()).hasSizeGreaterThan(300);
    assertThat(best).isLessThan(1_000);
  }

  @Test
  void deprecationsOfTheModelAreThoseOfTheSchema() throws IOException {
    Path model = SmallProject.write(folder).resolve("models/orders.yml");
    Files.writeString(model, Files.readString(model)
        .replace("description: Money in,", "description: Money in, config: {meta: {deprecated: 'Use \"net_revenue\".'}},"));
    try (GraphqlClient client = new GraphqlClient(folder)) {
      JsonNode fields = client
          .data("{ __type(name: \"Sales\") { fields(includeDeprecated: true) { name isDeprecated deprecationReason description } } }")
          .at("/__type/fields");
      assertThat(fields).filteredOn(field -> field.get("isDeprecated").asBoolean())
          .singleElement()
          .satisfies(field -> assertThat(field.toString()).isEqualTo(
              "{\"name\":\"revenue\",\"isDeprecated\":true,\"deprecationReason\":\"Use \\\"net_revenue\\\".\",\"description\":\"Money in\"}"));
    }
  }

  private static ModelSchema make(ModelState state) {
    return ModelSchema.of(state, ModelTables.of(state.model(), (warehouse, source) -> new TableColumns(List.of())),
        new FakeBackend(new FakeEngine()).catalog());
  }

  private static String wide() {
    String dimensions = each("      - {name: d%1$d, type: categorical}\n");
    String measures = each("      - {name: m%1$d, agg: sum, expr: c%1$d}\n");
    String metrics = each("  - {name: x%1$d, description: 'Number \"%1$d\" \\ of many', type: simple, type_params: {measure: m%1$d}}\n");
    return "semantic_models:\n  - name: things\n    table: things\n    defaults: {agg_time_dimension: at}\n"
        + "    entities: [{name: thing, type: primary, expr: id}]\n    dimensions:\n"
        + "      - {name: at, type: time, type_params: {time_granularity: day}}\n" + dimensions + "    measures:\n" + measures
        + "metrics:\n" + metrics
        + "views:\n  - {name: everything, metrics: [" + IntStream.range(0, 150).mapToObj(i -> "x" + i).collect(Collectors.joining(", "))
        + "], dimensions: '*'}\n";
  }

  private static String each(String line) {
    return IntStream.range(0, 150).mapToObj(line::formatted).collect(Collectors.joining());
  }

  @Test
  void anEditOfTheModelSwapsTheSchema() throws Exception {
    try (GraphqlClient client = new GraphqlClient(SmallProject.write(folder))) {
      assertThat(client.ask("{ orders { sold } }").toString()).contains("GRAPHQL_VALIDATION");
      SmallProject.mend(folder);
      Instant latest = Instant.now().plusSeconds(20);
      while (client.ask("{ orders { sold } }").has("errors")) {
        assertThat(Instant.now()).isBefore(latest);
        Thread.sleep(50);
      }
      assertThat(client.data("{ orders { sold } }").at("/orders/0/sold").asInt()).isEqualTo(6);
    }
  }

  @Test
  void namesThatGraphqlWouldNotTakeAreChanged() {
    UniqueNames names = new UniqueNames(List.of("metrics"));
    assertThat(List.of("metrics", "sales", "sales", "2nd", "__typename", "größe").stream().map(names::take)).containsExactly("metrics_2",
        "sales", "sales_2", "_2nd", "_typename", "gr__e");
    UniqueNames types = new UniqueNames(List.of("Metric"));
    List<String> suffixes = List.of("", "Where");
    assertThat(List.of("metric", "sales", "sales_where", "2nd").stream().map(name -> types.takePascal(name, suffixes)))
        .containsExactly("Metric_2", "Sales", "SalesWhere_2", "T2nd")
        .doesNotHaveDuplicates();
  }
}
