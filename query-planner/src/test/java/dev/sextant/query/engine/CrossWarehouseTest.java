// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.sextant.query.engine.ServedProject.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A shop's orders are in DuckDB, its tickets in PostgreSQL. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CrossWarehouseTest {
  private static final String SETTINGS = """
      name: shop
      warehouses:
        shop:
          type: duckdb
          path: ":memory:"
          init:
            - create table orders as select * from (values
                (1, 'ada', timestamp '2026-01-05 10:00', 100.00::decimal(10, 2)), (2, 'ada', timestamp '2026-01-20 23:30', 50.00),
                (3, 'bob', timestamp '2026-02-14 12:00', 70.50), (4, null, timestamp '2026-03-01 00:00', 10.00)) t(order_id, customer, ordered_at, amount)
            - create table customers as select * from (values ('ada', 'DE'), ('bob', 'FR')) t(customer, country)
        crm: {type: postgres, url: "%s"}
      cross_warehouse: {max_rows: %s}
      """;
  private static final String MODELS = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered_at}
          entities:
            - {name: order, type: primary, expr: order_id}
            - {name: customer, type: foreign, expr: customer}
          dimensions:
            - {name: ordered_at, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: revenue, agg: sum, expr: amount, create_metric: true}
            - {name: orders, agg: count, expr: order_id, create_metric: true}
        - name: customers
          table: customers
          entities:
            - {name: customer, type: primary, expr: customer}
          dimensions:
            - {name: country, type: categorical}
        - name: tickets
          table: tickets
          warehouse: crm
          defaults: {agg_time_dimension: opened_on}
          entities:
            - {name: ticket, type: primary, expr: ticket_id}
            - {name: customer, type: foreign, expr: customer}
          dimensions:
            - {name: opened_on, type: time, type_params: {time_granularity: day}}
            - {name: urgent, type: categorical}
          measures:
            - {name: tickets, agg: count, expr: ticket_id, create_metric: true}
            - {name: minutes, agg: average, expr: minutes, create_metric: true}
        - name: slow_tickets
          sql: select ticket_id, customer, opened_on, pg_sleep(30)::text as waited from tickets
          warehouse: crm
          defaults: {agg_time_dimension: opened_on}
          entities:
            - {name: slow_ticket, type: primary, expr: ticket_id}
          dimensions:
            - {name: opened_on, type: time, type_params: {time_granularity: day}}
          measures:
            - {name: waits, agg: count, expr: waited, create_metric: true}
      metrics:
        - name: tickets_per_order
          type: ratio
          type_params: {numerator: tickets, denominator: orders}
        - name: loud_revenue
          type: simple
          type_params: {measure: revenue}
          filter: "{{ Metric('tickets', group_by=['customer']) }} > 1"
        - name: answered_orders
          type: conversion
          type_params:
            conversion_type_params: {entity: customer, calculation: conversions, base_measure: tickets, conversion_measure: orders}
      """;

  @TempDir private Path folder;
  private final List<ServedProject> open = new ArrayList<>();

  @BeforeEach
  void fill() {
    PostgresServer.execute("drop table if exists tickets",
        "create table tickets (ticket_id int, customer text, opened_on date, urgent boolean, minutes int)",
        "insert into tickets values (1, 'ada', '2026-01-05', true, 10), (2, 'ada', '2026-01-06', false, 20), (3, 'cid', '2026-02-01', true, 30),"
            + " (4, null, '2026-04-01', null, 41)");
  }

  @AfterEach
  void close() {
    open.forEach(ServedProject::close);
    PostgresServer.execute("drop table tickets");
  }

  private ServedProject project(long maxRows) throws IOException {
    ServedProject project = ServedProject.open(folder, SETTINGS.formatted(PostgresServer.url(), maxRows), MODELS);
    open.add(project);
    return project;
  }

  @Test
  void metricsOfTwoWarehousesMeetOnWhatBothHave() throws IOException {
    assertThat(project(1_000).rows(query(List.of("revenue", "tickets", "orders", "minutes"), List.of("customer"), "customer")))
        .containsExactly("ada 150.00 2 2 15.0", "bob 70.50 null 1 null", "cid null 1 null 30.0", "null 10.00 1 1 41.0");
  }

  @Test
  void daysAndInstantsMeetInPeriods() throws IOException {
    assertThat(project(1_000).rows(query(List.of("orders", "tickets"), List.of("metric_time__month"), "metric_time__month")))
        .containsExactly("2026-01-01T00:00 2 2", "2026-02-01T00:00 1 1", "2026-03-01T00:00 1 null", "2026-04-01T00:00 null 1");
  }

  @Test
  void totalsMeetWithoutAnItem() throws IOException {
    assertThat(project(1_000).rows(query(List.of("revenue", "tickets"), List.of()))).containsExactly("230.50 4");
  }

  @Test
  void aMetricIsMadeOfPartsOfTwoWarehouses() throws IOException {
    MetricQuery all = query(List.of("tickets_per_order"), List.of("customer"), "-tickets_per_order");
    MetricQuery kept = new MetricQuery(all.metrics(), all.groupBy(), all.where(), List.of("tickets_per_order > 0"), all.orderBy(),
        OptionalLong.of(2), OptionalLong.empty(), all.timeRange(), all.timeZone(), all.savedQuery(), all.mode(), all.extras(),
        all.options());

    assertThat(project(1_000).rows(kept)).containsExactlyInAnyOrder("ada 1.0", "null 1.0");
  }

  @Test
  void aQueryOverOneWarehouseRunsThereAlone() throws IOException {
    Explanation explanation = project(1_000).engine().explain(query(List.of("tickets", "minutes"), List.of("customer")), Caller.ANONYMOUS);

    assertThat(explanation.stages()).extracting(Explanation.Stage::name).containsExactly("resolution", "plan", "sql (crm)");
  }

  @Test
  void anExplanationShowsEveryStatement() throws IOException {
    Explanation explanation = project(1_000).engine()
        .explain(query(List.of("revenue", "tickets", "orders"), List.of("customer")), Caller.ANONYMOUS);

    assertThat(explanation.stages()).extracting(Explanation.Stage::name)
        .containsExactly("resolution", "plan", "sql (shop)", "sql (crm)", "sql (memory)");
    assertThat(explanation.stages().get(1).text()).contains("fetch from warehouse shop", "fetch from warehouse crm");
    assertThat(explanation.stages().get(4).text()).isEqualTo("""
        SELECT COALESCE("rows_of_shop_0"."customer", "rows_of_crm_1"."customer") AS "customer",
          "rows_of_shop_0"."revenue",
          "rows_of_crm_1"."tickets",
          "rows_of_shop_0"."orders"
        FROM "rows_of_shop_0"
          FULL JOIN "rows_of_crm_1" ON "rows_of_shop_0"."customer" IS NOT DISTINCT FROM "rows_of_crm_1"."customer\"""");
  }

  @Test
  void whatAWarehouseCannotReachIsNamed() throws IOException {
    assertThat(project(1_000).refusal(query(List.of("revenue", "tickets"), List.of("customer__country")))).isEqualTo(
        "NO_PATH: 'customer__country' cannot be reached from dataset 'tickets', which is in warehouse 'crm': dataset 'customers' is in warehouse "
            + "'shop', and rows of different warehouses are not joined. Group or filter by something that 'tickets' reaches in its own warehouse.");
  }

  @Test
  void rowsOfTwoWarehousesAreNotJoined() throws IOException {
    ServedProject project = project(1_000);
    String advice = ". Rows of different warehouses are not joined, only finished metrics meet: ask for items and filters that each metric's "
        + "dataset reaches in its own warehouse.";

    assertThat(project.refusal(query(List.of("loud_revenue"), List.of("customer"))))
        .isEqualTo("UNSUPPORTED: this question joins rows of dataset 'orders' in warehouse 'shop' to rows in warehouse 'crm'" + advice);
    assertThat(project.refusal(query(List.of("answered_orders"), List.of())))
        .isEqualTo("UNSUPPORTED: this question joins rows of dataset 'orders' in warehouse 'shop' to rows in warehouse 'crm'" + advice);
  }

  @Test
  void onlySoManyRowsLeaveAWarehouse() throws IOException {
    assertThat(project(2).refusal(query(List.of("revenue", "tickets"), List.of("customer")))).matches(
        "TOO_MANY_ROWS: warehouse '(shop|crm)' has more than 2 rows for this query, too many to meet those of another warehouse in memory\\. Group by "
            + "fewer items, filter, or raise cross_warehouse\\.max_rows in sextant\\.yml\\.");
  }

  @Test
  void aWarehouseThatIsDownIsNamedAndTheOthersAnswer() throws IOException {
    ServedProject project = ServedProject.open(folder, SETTINGS.formatted("jdbc:postgresql://localhost:1/crm", 1_000), MODELS);
    open.add(project);
    assertThat(project.refusal(query(List.of("revenue", "tickets"), List.of("customer"))))
        .startsWith("WAREHOUSE_UNREACHABLE: warehouse 'crm' at localhost:1 cannot be reached");
    assertThat(project.rows(query(List.of("revenue"), List.of()))).containsExactly("230.50");
  }

  @Test
  void aDeadlineEndsAllStatements() throws IOException {
    DefaultQueryEngine engine = project(1_000).engine();
    QueryControl control = new QueryControl("late", Optional.of(Instant.now().plusMillis(300)));

    assertThatThrownBy(() -> engine.run(query(List.of("revenue", "waits"), List.of()), Caller.ANONYMOUS, control))
        .isInstanceOfSatisfying(SextantException.class, e -> assertThat(e.issue().code()).isEqualTo(QueryIssue.DEADLINE_EXCEEDED));
  }

  @Test
  void aCancelEndsAllStatements() throws Exception {
    DefaultQueryEngine engine = project(1_000).engine();
    QueryControl control = QueryControl.unlimited("stopped");
    Thread stopping = Thread.ofVirtual().start(() -> {
      try {
        Thread.sleep(300);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      control.stop(QueryIssue.CANCELLED);
    });

    assertThatThrownBy(() -> engine.run(query(List.of("revenue", "waits"), List.of()), Caller.ANONYMOUS, control))
        .isInstanceOfSatisfying(SextantException.class, e -> assertThat(e.issue().code()).isEqualTo(QueryIssue.CANCELLED));
    stopping.join();
  }
}
