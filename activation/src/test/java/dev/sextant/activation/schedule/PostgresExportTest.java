// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.activation.run.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Exports of a PostgreSQL warehouse: a table takes a view's place and the other way round, each in one step. */
class PostgresExportTest {
  private static final Run.Target SPENDING = new Run.Target(RunKind.EXPORT, "spending");

  @TempDir private Path folder;
  private final String url = TestDatabase.POSTGRES.settings().getOrDefault("runs.store", "");

  @Test
  void tablesAndViewsTakeEachOthersPlace() throws SQLException {
    sql("create table customers as select i as id, i || '@x' as email, i * 1.5 as spent, date '2026-01-01' as joined_on"
        + " from generate_series(1, 5) s(i)");
    assertThat(export("table").report().count("rows")).isEqualTo(5);
    sql("insert into customers values (6, '6@x', 9, date '2026-01-02')");
    assertThat(export("table").report().count("rows")).isEqualTo(6);
    assertThat(export("view").report().count("rows")).isEqualTo(6);
    sql("insert into customers values (7, '7@x', 9, date '2026-01-02')");
    assertThat(one("select count(*) from marts.spending")).isEqualTo(7);
    assertThat(export("table").report().count("rows")).isEqualTo(7);
    assertThat(one("select count(*) from information_schema.tables where table_schema = 'marts'")).isEqualTo(1);
  }

  private Run export(String kind) {
    TestProject.in(folder).warehouse("{type: postgres, url: \"" + url + "\", user: postgres}").define("""
        saved_queries:
          - name: spending
            query_params: {metrics: [spent], group_by: [customer, customer__email]}
            exports: [{name: spending, config: {export_as: %s, schema: marts}}]
        """.formatted(kind)).write();
    try (TestProject.Open open = TestProject.open(folder)) {
      Run run = open.activations().run(SPENDING, Scope.CHANGES);
      assertThat(run.state()).as(run.report().toString()).isEqualTo(RunState.SUCCEEDED);
      return run;
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", ""); Statement running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  private long one(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement running = connection.createStatement();
        ResultSet rows = running.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
