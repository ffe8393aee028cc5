// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.model.Calendar;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.postgres.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class WarehousesTest {
  private static final String SECRET = "s3cr3t-w0rd";

  @TempDir Path folder;
  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsLeftOpen() {
    memory.close();
  }

  @Test
  void eachIsOpenedWhenItIsFirstNeeded() {
    try (Warehouses warehouses = warehouses(config("main", "duckdb", Map.of(), "create table t as select 1"),
        config("crm", "postgres", Map.of("url", PostgresServer.url())), config("broken", "duckdb", Map.of(), "nonsense"))) {
      assertThat(rows(warehouses, "main", "from t")).containsExactly("1");
      assertThat(warehouses.apply("main")).isSameAs(warehouses.apply("main"));
      assertThat(rows(warehouses, "crm", "select 2")).containsExactly("2");
      assertThat(warehouses.apply("crm").dialect()).isEqualTo("postgres");
    }
  }

  @Test
  void openingAllTellsEverythingThatIsWrong() {
    try (Warehouses warehouses = warehouses(config("main", "duckdb", Map.of()), config("typo", "duckbd", Map.of()),
        config("broken", "duckdb", Map.of(), "nonsense"), config("option", "duckdb", Map.of("access", "projct")),
        config("number", "duckdb", Map.of("max_connections", "many")), config("url", "postgres", Map.of()))) {
      SextantException failure = catchThrowableOfType(SextantException.class, warehouses::openAll);
      assertThat(failure.issues()).extracting(Issue::toString)
          .containsExactly(
              "sextant.yml:3:3: warehouse 'typo' has the unknown type 'duckbd'; known types are duckdb, postgres. Did you mean 'duckdb'?",
              "sextant.yml:3:3: init of warehouse 'broken': Parser Error: syntax error at or near \"nonsense\"",
              "sextant.yml:3:3: option 'access' of warehouse 'option' must be one of full, project. Did you mean 'project'?",
              "sextant.yml:3:3: option 'max_connections' of warehouse 'number' must be a whole number above 0.",
              "sextant.yml:3:3: option 'url' of warehouse 'url' is missing; it is such as jdbc:postgresql://host/database.");
    }
  }

  @Test
  void anUnknownNameSuggestsANearOne() {
    try (Warehouses warehouses = warehouses(config("main", "duckdb", Map.of()))) {
      assertThat(catchThrowableOfType(SextantException.class, () -> warehouses.apply("mian")))
          .hasMessage("warehouse 'mian' is not among the warehouses of the project. Did you mean 'main'?");
    }
  }

  @Test
  void whoCannotBeReachedIsNamedWithoutItsPassword() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://localhost:" + port + "/db?password=" + SECRET;
    try (Warehouses warehouses = warehouses(config("crm", "postgres", Map.of("url", url, "user", "u", "password", SECRET)))) {
      SextantException failure = catchThrowableOfType(SextantException.class, () -> warehouses.apply("crm"));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
      assertThat(failure.getMessage())
          .startsWith("warehouse 'crm' at localhost:" + port + " cannot be reached: Connection to localhost:" + port
              + " refused.")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void aWrongUrlOrOptionIsNotPrinted() {
    try (Warehouses warehouses = warehouses(config("crm", "postgres", Map.of("url", "postgres://u:" + SECRET + "@host/db")),
        config("other", "postgres", Map.of("url", PostgresServer.url(), "sslmod", "require")))) {
      SextantException failure = catchThrowableOfType(SextantException.class, warehouses::openAll);
      assertThat(failure.issues()).extracting(Issue::toString)
          .containsExactly(
              "sextant.yml:3:3: option 'url' of warehouse 'crm' must be such as jdbc:postgresql://host/database.",
              "sextant.yml:3:3: option 'sslmod' of warehouse 'other' is known neither to us nor to the PostgreSQL driver. Did you mean 'sslmode'?");
    }
  }

  @Test
  void aHostThatDoesNotAnswerIsUnreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0); Warehouses warehouses = warehouses(config("crm", "postgres",
        Map.of("url", "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/db", "connectTimeout", "1", "socketTimeout", "1")))) {
      SextantException failure = catchThrowableOfType(SextantException.class, () -> warehouses.apply("crm"));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
      assertThat(failure).hasMessageEndingWith("cannot be reached: it does not answer in time");
    }
  }

  @Test
  void unknownHostsAndDatabasesAreUnreachable() {
    try (Warehouses warehouses = warehouses(config("nowhere", "postgres", Map.of("url", "jdbc:postgresql://no-such-host.invalid/db")),
        config("nothing", "postgres", Map.of("url", PostgresServer.url().replaceAll("/postgres.*", "/nothing?user=postgres"))))) {
      SextantException failure = catchThrowableOfType(SextantException.class, warehouses::openAll);
      assertThat(failure.issues()).extracting(Issue::code).containsOnly(QueryIssue.WAREHOUSE_UNREACHABLE);
      assertThat(failure.issues()).extracting(Issue::message)
          .containsExactly(
              "warehouse 'nowhere' at no-such-host.invalid:5432 cannot be reached: the host is unknown",
              "warehouse 'nothing' at localhost:" + PostgresServer.port() + " cannot be reached: database \"nothing\" does not exist");
    }
  }

  @Test
  void afterClosingNothingIsOpenedAgain() {
    Warehouses warehouses = warehouses(config("main", "duckdb", Map.of()));
    var main = warehouses.apply("main");
    warehouses.close();
    assertThat(catchThrowableOfType(SextantException.class, () -> warehouses.apply("main")).issue().code())
        .isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
    QueryControl control = new QueryControl("q", Optional.of(Instant.now().plusSeconds(5)));
    assertThat(catchThrowableOfType(SextantException.class, () -> main.run("select 1", control)).issue().code())
        .isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
  }

  private static List<String> rows(Warehouses warehouses, String name, String sql) {
    try (ArrowBatches batches = warehouses.apply(name).run(sql, QueryControl.unlimited("q"))) {
      return Rows.of(batches);
    }
  }

  private static WarehouseConfig config(String name, String type, Map<String, String> options, String... init) {
    return new WarehouseConfig(name, type, new LinkedHashMap<>(options), List.of(init), new Position("sextant.yml", 3, 3));
  }

  private Warehouses warehouses(WarehouseConfig... configs) {
    return new Warehouses(new Project("test", folder, Calendar.ISO, List.of(configs), List.of(), Map.of()), memory);
  }
}
