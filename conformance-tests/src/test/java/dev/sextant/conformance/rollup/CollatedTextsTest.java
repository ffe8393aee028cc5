// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.activation.RunState;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.postgres.PostgresServer;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the warehouse takes texts of other bytes for the same, a rollup in a store of its own does not answer. */
class CollatedTextsTest {
  private static final String DATABASE = "collated_" + ProcessHandle.current().pid();
  private static final String ROWS = "insert into orders values (1, 'DE', 1), (2, 'de', 2), (3, 'FR', 4)";

  @TempDir private Path folder;

  @Test
  void ofPostgres() throws IOException, SQLException {
    PostgresServer.create(DATABASE);
    try (Connection connection = DriverManager.getConnection(PostgresServer.url(DATABASE));
        Statement statement = connection.createStatement()) {
      statement.execute("create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
      statement.execute("create table orders (order_id integer, country text collate any_case, amount integer)");
      statement.execute(ROWS);
      answersWithoutItsRollup("type: postgres, url: \"" + PostgresServer.url(DATABASE) + "\"");
    } finally {
      PostgresServer.drop(DATABASE);
    }
  }

  @Test
  void ofDuckDb() throws IOException {
    answersWithoutItsRollup(
        "type: duckdb, path: \":memory:\", init: [\"create table orders (order_id integer, country varchar collate nocase, "
            + "amount integer)\", \"" + ROWS + "\"]");
  }

  private void answersWithoutItsRollup(String warehouse) throws IOException {
    Files.writeString(folder.resolve("sextant.yml"), "name: collated\nwarehouses:\n  main: {" + warehouse + "}\n");
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("models/orders.yml"), """
        semantic_models:
          - name: orders
            table: orders
            entities: [{name: order, type: primary, expr: order_id}]
            dimensions: [{name: country, type: categorical}]
            measures: [{name: amount, agg: sum, create_metric: true}]
        rollups:
          - {name: by_country, metrics: [amount], dimensions: [order__country], store: local}
        """);
    MetricQuery query = MetricQuery.of(List.of("amount"), List.of("order__country"));
    try (RolledUpShop shop = new RolledUpShop(folder, InstantSource.system())) {
      assertThat(shop.build("by_country").state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(shop.with().explain(query, Caller.ANONYMOUS).toString())
          .contains("reject by_country: its store would compare texts otherwise than the warehouse does");
      for (String country : List.of("De", "fr")) {
        MetricQuery filtered = query.withWhere(List.of("order__country = '" + country + "'"));
        assertThat(amounts(shop.with(), filtered)).isEqualTo(amounts(shop.without(), filtered)).hasSize(1);
      }
      assertThat(amounts(shop.with(), query.withWhere(List.of("order__country = 'De'")))).containsExactly(Value.Exact.of(3));
    }
  }

  private static List<Value> amounts(QueryEngine engine, MetricQuery query) {
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, QueryControl.unlimited("test"))) {
      Table table = ArrowTables.read(result);
      return table.rows().stream().map(List::getLast).toList();
    }
  }
}
