// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.model.DataType;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.bind.QueryBinder;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.rel.PlanToRel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sextant.query.engine.ServedProject.query;
import static org.assertj.core.api.Assertions.assertThat;

/** What each dialect writes where they differ. */
class DialectSqlTest {
  private static final String MODELS = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered_on}
          entities:
            - {name: order, type: primary, expr: order_id}
            - {name: customer, type: foreign, expr: customer_id}
          dimensions:
            - {name: ordered_on, type: time, type_params: {time_granularity: day}}
            - {name: status, type: categorical}
          measures:
            - {name: revenue, agg: sum, expr: amount, create_metric: true}
            - {name: mean_quantity, agg: average, expr: quantity, create_metric: true}
            - {name: last_status, agg: max, expr: status, create_metric: true}
            - name: amount_p95
              agg: percentile
              expr: amount
              agg_params: {percentile: 0.95, use_approximate_percentile: true}
              create_metric: true
        - name: tickets
          table: tickets
          defaults: {agg_time_dimension: opened_at}
          entities:
            - {name: ticket, type: primary, expr: ticket_id}
            - {name: customer, type: foreign, expr: customer_id}
          dimensions:
            - {name: opened_at, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: tickets, agg: count, expr: ticket_id, create_metric: true}
      metrics:
        - name: revenue_every_day
          type: simple
          type_params: {measure: {name: revenue, join_to_timespine: true}}
      """;
  private static final TableSchemas TABLES = (warehouse, source) -> new TableColumns(List.of(column("order_id", DataType.INTEGER),
      column("ticket_id", DataType.INTEGER), column("customer_id", DataType.INTEGER), column("ordered_on", DataType.DATE),
      column("opened_at", DataType.TIMESTAMP), column("status", DataType.STRING), column("amount", DataType.decimal(10, 2)),
      column("quantity", DataType.INTEGER)));

  private static final Path GOLDENS = Path.of("src/test/resources/dialects");

  @TempDir private static Path folder;
  private static SemanticModel model;

  private static TableColumns.Column column(String name, DataType type) {
    return new TableColumns.Column(name, type);
  }

  @BeforeAll
  static void load() throws IOException {
    Files.writeString(folder.resolve("sextant.yml"), "name: dialects\n");
    Files.createDirectory(folder.resolve("models"));
    Files.writeString(folder.resolve("models").resolve("models.yml"), MODELS);
    model = switch (ModelLoader.load(folder, Collections.emptyMap())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new IllegalStateException(invalid.issues().toString());
    };
  }

  private static String sql(String name, MetricQuery query) {
    PlanNode plan = new Planner().plan(new QueryBinder(model).bind(query, Caller.ANONYMOUS));
    Dialect dialect = Dialects.named(name);
    return dialect.write(new PlanToRel(TABLES, dialect.features()).lower(plan));
  }

  /** Compares with a file, or writes it when {@code -Dsextant.accept=true}. */
  private static void agrees(String feature, MetricQuery query) {
    for (String dialect : List.of("duckdb", "postgres")) {
      Path golden = GOLDENS.resolve(feature + "." + dialect + ".sql");
      String sql = sql(dialect, query) + "\n";
      try {
        if (Boolean.getBoolean("sextant.accept")) {
          Files.writeString(golden, sql);
        }
        assertThat(golden).hasContent(sql);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void branchesMeetInAFullJoinOrInAPaddedUnion() {
    MetricQuery query = query(List.of("revenue", "tickets"), List.of("customer"));

    agrees("meeting_branches", query);
  }

  @Test
  void textSortsByItsBytes() {
    MetricQuery query = query(List.of("last_status"), List.of("order__status"), "order__status")
        .withWhere(List.of("order__status > 'p' and order__status like 'pa%'"));

    agrees("text", query);
  }

  @Test
  void aggregatesHaveTheirTypes() {
    MetricQuery query = query(List.of("revenue", "mean_quantity", "amount_p95"), List.of());

    agrees("aggregates", query);
  }

  @Test
  void calendarsAreGenerated() {
    MetricQuery query = query(List.of("revenue_every_day"), List.of("metric_time__week"));

    agrees("calendar", query);
  }

  @Test
  void zonesAndPartsOfTimes() {
    MetricQuery plain = query(List.of("tickets"), List.of("metric_time__extract_dow"));
    MetricQuery query = new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), plain.orderBy(), plain.limit(),
        plain.offset(), plain.timeRange(), Optional.of("Europe/Berlin"), plain.savedQuery(), plain.mode(), plain.extras(),
        plain.options());

    agrees("zones", query);
  }
}
