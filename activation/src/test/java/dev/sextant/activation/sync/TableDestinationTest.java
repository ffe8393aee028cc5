// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunState;
import dev.sextant.activation.run.TestDatabase;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tables of PostgreSQL and DuckDB that are kept in step, and what databases do when they do not take a batch. */
class TableDestinationTest {
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', 2.00), (3, 'c@x', 7.00)) t(customer, email, revenue)";
  private static final String TABLE = "create table contacts (customer int, email varchar primary key, lifetime_value decimal(10, 2)"
      + " check (lifetime_value <> 2.5), source varchar)";

  @TempDir private Path folder;
  private String url = "";

  @BeforeEach
  void create() {
    url = Objects.requireNonNull(TestDatabase.POSTGRES.settings().get("runs.store"));
  }

  private Syncing syncing(String type) {
    return Syncing.of(folder, type, type.equals("duckdb") ? Map.of("path", "there.duckdb") : Map.of("url", url, "user", "postgres"))
        .with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING);
  }

  private String address(String type) {
    return type.equals("duckdb") ? "jdbc:duckdb:" + folder.resolve("there.duckdb") : url + "?user=postgres";
  }

  private void execute(String type, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address(type)); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> rows(String type) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(address(type));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select email, lifetime_value, source from contacts order by email")) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getString(2) + " " + found.getString(3));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "duckdb"})
  void aTableIsKeptInStepAndBadRowsAreFound(String type) throws SQLException {
    execute(type, TABLE);
    assertThat(syncing(type).run(ROWS).report().counters()).containsEntry("accepted", 3L);
    assertThat(rows(type)).containsExactly("a@x 10.50 sextant", "b@x 2.00 sextant", "c@x 7.00 sextant");
    TestRun run = new TestRun();
    Syncing next = syncing(type).with(new RememberedLedger());
    Activity.Outcome outcome = next.run(ROWS.replace("2.00", "2.50").replace("7.00", "8.00"), run);
    assertThat(outcome.report().counters()).containsEntry("accepted", 2L).containsEntry("rejected", 1L);
    assertThat(run.rejects()).extracting(Reject::key).containsExactly("[2]");
    assertThat(run.rejects().getFirst().message()).containsIgnoringCase("check").doesNotContain("b@x");
    assertThat(rows(type)).containsExactly("a@x 10.50 sextant", "b@x 2.00 sextant", "c@x 8.00 sextant");
    assertThat(next.run(ROWS + " where customer <> 3").report().counters()).containsEntry("removed", 1L);
    assertThat(rows(type)).containsExactly("a@x 10.50 sextant", "b@x 2.00 sextant");
  }

  /** A sequence counts what happened, for it is no part of the transaction that is undone. */
  @ParameterizedTest
  @CsvSource({"connection drop, perform pg_terminate_backend(pg_backend_pid())", "deadlock, raise exception 'x' using errcode = '40P01'",
      "lost race, raise exception 'x' using errcode = '40001'", "going down, raise exception 'x' using errcode = '57P01'"})
  void whatPassesIsTriedAgainOnAConnectionThatWorks(String fault, String does) throws SQLException {
    execute("postgres", TABLE, "create sequence faults",
        "create function fail() returns trigger language plpgsql as $$ begin if nextval('faults') = 2 then " + does
            + "; end if; return new; end $$",
        "create trigger failing before insert on contacts for each row execute function fail()");
    TestRun run = new TestRun();
    Activity.Outcome outcome = syncing("postgres").run(ROWS, run);
    assertThat(outcome.state()).as(fault).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.report().counters()).containsEntry("accepted", 3L).containsEntry("retried", 1L).containsEntry("rejected", 0L);
    assertThat(rows("postgres")).hasSize(3);
  }

  @Test
  void whatCannotWorkEndsTheRunAndNamesTheReason() throws SQLException {
    assertThat(failure(syncing("postgres"))).startsWith("DESTINATION_REFUSED").contains("contacts").contains("does not exist");
    execute("postgres", "create table contacts (email varchar primary key)");
    assertThat(failure(syncing("postgres"))).startsWith("DESTINATION_REFUSED").contains("lifetime_value");
    String password = "not-a-word-of-this";
    Syncing wrong = Syncing.of(folder, "postgres", Map.of("url", "jdbc:postgres://localhost/x?password=" + password, "user", "postgres"));
    assertThat(failure(wrong)).startsWith("DESTINATION_CONFIG").contains("'url'").doesNotContain(password);
    Syncing nowhere = Syncing.of(folder, "postgres", Map.of("url", "jdbc:postgresql://localhost:1/x", "user", "u", "password", password));
    assertThat(failure(nowhere)).startsWith(ActivationIssue.DESTINATION_UNREACHABLE.name())
        .contains("localhost:1")
        .doesNotContain(password);
    Syncing missing = Syncing.of(folder, "postgres", Map.of("url", url + "_not_there", "user", "postgres"));
    assertThat(failure(missing)).startsWith(ActivationIssue.DESTINATION_UNREACHABLE.name()).contains("_not_there");
  }

  private static String failure(Syncing syncing) {
    SextantException failure = catchThrowableOfType(SextantException.class, () -> syncing.run(ROWS));
    return failure.issue().code() + " " + failure.getMessage();
  }
}
