// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunState;
import dev.sextant.activation.sync.HubSpot;
import dev.sextant.activation.sync.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Killed at any instant, the next runs end where an undisturbed one would. {@code -Dsextant.kills=100} kills more often, {@code
 * -Dsextant.kill.rows=100000} moves more rows, {@code -Dsextant.seed=1} kills at other instants.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("sextant.kills", 1);
  private static final int ROWS = Integer.getInteger("sextant.kill.rows", 3000);
  private static final long SEED = Long.getLong("sextant.seed", 20261123L);
  private static final int BATCH = 100;
  private static final int STARTING_MILLIS = 4000;
  private static final String TABLE = "select i as id, i || '@x' as email, cast(i as decimal(12, 2)) as spent, date '2026-01-01' as joined_on"
      + " from range(" + ROWS + ") r(i)";
  private static final String GENERATIONS = "select i as id, '${GENERATION}' as email, cast(i as decimal(12, 2)) as spent, date '2026-01-01'"
      + " as joined_on from range(" + ROWS + ") r(i)";
  private static final String EXPORT = """
      saved_queries:
        - name: spending
          query_params: {metrics: [spent], group_by: [customer, customer__email]}
          exports: [{name: spending, config: {export_as: %s}}]
      """;

  private static final String ROLLUP = """
      rollups:
        - {name: spending, metrics: [spent], dimensions: [customer, customer__email]}
      """;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private int killed;

  @Test
  void aWebhookGetsEveryRowAndOnlyBatchesInFlightAgain() throws Exception {
    try (Receiver receiver = new Receiver()) {
      TestProject.in(folder)
          .rows(TABLE)
          .section("destinations: {there: {type: webhook, url: \"" + receiver.url() + "\", batch_size: " + BATCH + "}}")
          .define(TestProject.sync("crm", ""))
          .write();
      syncThroughKills(receiver::count);
      assertThat(receiver.rows()).hasSize(ROWS)
          .containsEntry("{\"customer\":7}", "{\"email\":\"7@x\",\"lifetime_value\":7.00}");
      assertThat(receiver.sent() - ROWS).as("rows sent again after %d kills", killed).isBetween(0L, (long) BATCH * killed);
    }
  }

  @Test
  void hubSpotGetsEveryRowAndOnlyBatchesInFlightAgain() throws Exception {
    try (HubSpot hubspot = new HubSpot()) {
      TestProject.in(folder)
          .rows(TABLE)
          .section("destinations: {there: {type: hubspot, token: t, url: \"" + hubspot.url() + "\"}}")
          .define(TestProject.sync("crm", ""))
          .write();
      syncThroughKills(hubspot::count);
      assertThat(hubspot.contacts()).hasSize(ROWS).containsEntry("7@x", "{\"email\":\"7@x\",\"lifetime_value\":\"7.00\"}");
      assertThat(hubspot.sent() - ROWS).as("rows sent again after %d kills", killed).isBetween(0L, (long) BATCH * killed);
    }
  }

  /** Two kills of three come after a share of the rows, the others in the first seconds of the process. */
  private void syncThroughKills(IntSupplier arrived) throws Exception {
    int[] targets = random.ints(KILLS, 0, ROWS).sorted().toArray();
    for (int target : targets) {
      Process run = RunProcess.start(folder, Map.of(), "run", "sync", "crm");
      long until = random.nextInt(3) == 0 ? random.nextInt(STARTING_MILLIS) : Long.MAX_VALUE;
      long begun = System.nanoTime();
      while (run.isAlive() && arrived.getAsInt() <= target && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) < until) {
        run.waitFor(1, TimeUnit.MILLISECONDS);
      }
      kill(run);
    }
    endsWell("sync", "crm", Map.of());
  }

  private void kill(Process run) throws InterruptedException {
    killed += run.isAlive() ? 1 : 0;
    run.destroyForcibly().waitFor();
  }

  private void endsWell(String kind, String name, Map<String, String> environment) throws Exception {
    Process last = RunProcess.start(folder, environment, "run", kind, name);
    assertThat(last.waitFor(10, TimeUnit.MINUTES)).as("the last run ends").isTrue();
    assertThat(last.exitValue()).as(() -> log()).isZero();
    try (TestProject.Open open = TestProject.open(folder)) {
      List<Run> runs = open.activations().runs().list(Optional.empty(), 10_000);
      assertThat(runs).extracting(Run::state)
          .startsWith(RunState.SUCCEEDED)
          .doesNotContain(RunState.RUNNING)
          .filteredOn(RunState.DEAD::equals)
          .hasSizeLessThanOrEqualTo(killed);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("process.log"));
    } catch (IOException none) {
      return none.toString();
    }
  }

  @Test
  void aFileIsTheOldOneOrTheNewOne() throws Exception {
    TestProject.in(folder).rows(GENERATIONS).define(EXPORT.formatted("parquet")).write();
    Path file = folder.resolve("exports").resolve("spending.parquet");
    exportThroughKills("select * from '" + file + "'", () -> Files.exists(file), ":memory:");
    assertThat(file.resolveSibling("").toFile().list()).containsExactly("spending.parquet");
  }

  @Test
  void aTableIsTheOldOneOrTheNewOne() throws Exception {
    TestProject.in(folder).rowsInFile(GENERATIONS).define(EXPORT.formatted("table")).write();
    Path file = folder.resolve("w.duckdb");
    exportThroughKills("select * from spending", () -> has(file, "spending"), file.toString());
  }

  @Test
  void aRollupIsTheOldOneOrTheNewOne() throws Exception {
    TestProject.in(folder).rowsInFile(GENERATIONS).define(ROLLUP).write();
    String database = folder.resolve("w.duckdb").toString();
    for (int i = 0; i < KILLS; i++) {
      Process run = RunProcess.start(folder, Map.of("GENERATION", String.valueOf(i)), "run", "rollup", "spending");
      run.waitFor(random.nextInt(STARTING_MILLIS), TimeUnit.MILLISECONDS);
      kill(run);
      for (String table : served()) {
        assertThat(generations(database, "select * from " + table)).as("generations after kill %d", i).isOne();
      }
    }
    endsWell("rollup", "spending", Map.of("GENERATION", "last"));
    assertThat(served()).singleElement()
        .satisfies(table -> assertThat(generations(database, "select * from " + table + " where customer__email = 'last'")).isOne());
    assertThat(one(database, "select count(*) from duckdb_tables() where schema_name = 'sextant_rollups'"))
        .as("tables that serve or did so not long ago; what killed builds left is gone")
        .isEqualTo(known());
  }

  private List<String> served() {
    try (TestProject.Open open = TestProject.open(folder)) {
      return open.activations()
          .rollups()
          .find("spending")
          .stream()
          .flatMap(build -> build.tables().stream())
          .map(table -> table.source().schema().orElseThrow() + ".\"" + table.source().name() + '"')
          .toList();
    }
  }

  /** How many tables the store knows of. */
  private long known() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(".sextant").resolve("runs.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from rollup_builds")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private interface Question {
    boolean ask() throws Exception;
  }

  private void exportThroughKills(String select, Question exists, String database) throws Exception {
    for (int i = 0; i < KILLS; i++) {
      Process run = RunProcess.start(folder, Map.of("GENERATION", String.valueOf(i)), "run", "export", "spending");
      run.waitFor(random.nextInt(STARTING_MILLIS), TimeUnit.MILLISECONDS);
      kill(run);
      if (exists.ask()) {
        assertThat(generations(database, select)).as("generations after kill %d", i).isOne();
      }
    }
    endsWell("export", "spending", Map.of("GENERATION", "last"));
    assertThat(generations(database, select + " where customer__email = 'last'")).isOne();
  }

  private static boolean has(Path database, String table) throws SQLException {
    return Files.exists(database)
        && one(database.toString(), "select count(*) from duckdb_tables() where table_name = '" + table + "'") == 1;
  }

  /** How many generations there are among all rows; a missing row counts as one more. */
  private static long generations(String database, String select) throws SQLException {
    return one(database,
        "select count(distinct customer__email) + case when count(*) = " + ROWS + " then 0 else 100 end from (" + select + ")");
  }

  private static long one(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database); Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
