// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.DataType;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.Configs;
import dev.sextant.query.warehouse.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class DuckDbWarehouseTest {
  private static final String ENDLESS = "select count(*) from range(100000000000) a(i), range(100) b(j) where hash(i, j) % 7 = 3";

  @TempDir Path folder;
  private final BufferAllocator memory = new RootAllocator();
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = DuckDbWarehouse.open(Configs.duckdb("create schema shop; create table shop.orders as select i as order_id, "
        + "(i / 4)::decimal(10, 2) as amount, timestamptz '2026-01-01 00:00:00+02' as sold_at from range(10) t(i)"), folder, memory);
  }

  @AfterEach
  void nothingIsLeftOpen() {
    warehouse.close();
    memory.close();
  }

  @Test
  void rowsAreStreamedWithTheirTypes() {
    try (ArrowBatches batches = run("select order_id, amount, sold_at, null as nothing from shop.orders where order_id < 2 order by 1")) {
      assertThat(batches.root().getSchema().getFields()).extracting(Object::toString)
          .containsExactly("order_id: Int(64, true)",
              "amount: Decimal(10, 2, 128)", "sold_at: Timestamp(MICROSECOND, UTC)", "nothing: Null");
      assertThat(Rows.of(batches)).containsExactly("0|0.00|1767218400000000|null", "1|0.25|1767218400000000|null");
    }
  }

  @Test
  void aMillionRowsComeInManyBatches() {
    try (ArrowBatches batches = run("select i, 'row ' || i from range(1000000) t(i)")) {
      assertThat(Rows.count(batches)).isEqualTo(1_000_000);
      assertThat(batches.loadNext()).isFalse();
    }
  }

  @Test
  void enumsAreText() {
    try (ArrowBatches batches = run("select i, case i % 3 when 0 then 'a' when 1 then 'b' end::enum('a', 'b') from range(100000) t(i)")) {
      assertThat(batches.root().getSchema().getFields().get(1)).hasToString(batches.root().getVector(1).getName() + ": Utf8");
      List<String> rows = Rows.of(batches);
      assertThat(rows).hasSize(100_000).startsWith("0|a", "1|b", "2|null").endsWith("99999|a");
    }
  }

  @Test
  void aFailureAtRowNineHundredThousandIsAnError() {
    SextantException failure = failure("select case when i = 900000 then error('boom') else i end from range(1000000) t(i)");
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.DATA_ERROR);
    assertThat(failure.getMessage()).isEqualTo("warehouse 'main': Invalid Input Error: boom");
  }

  @Test
  void aFailureInTheMiddleOfAStreamIsAnErrorAndStaysOne() {
    try (ArrowBatches batches = run("select case when i = 9000000 then error('boom') else i end from range(10000000) t(i)")) {
      assertThat(batches.loadNext()).isTrue();
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure).hasMessage("warehouse 'main': Invalid Input Error: boom");
      assertThat(catchThrowableOfType(SextantException.class, batches::loadNext)).isSameAs(failure);
    }
  }

  @Test
  void theFirstCauseOfAFailureIsKept() {
    assertThat(failure("select i, 9223372036850000000 + i from range(10000000) t(i)"))
        .hasMessageContaining("Overflow in addition of INT64");
    assertThat(failure("select 9223372036854775000 + i from range(1000) t(i)")).hasMessageContaining("Overflow in addition of INT64");
    assertThat(failure("select sum(cast(case when i = 5 then 'x' else '1' end as integer)) from range(10) t(i)"))
        .hasMessage("warehouse 'main': Conversion Error: Could not convert string 'x' to INT32");
  }

  @Test
  void failuresAreTyped() {
    assertThat(failure("select * from shop.ordrs").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select amnt from shop.orders").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select o.amnt from shop.orders o").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select * from nowhere.orders").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select * from 'nothing/*.csv'").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select date 'x'").issue().code()).isEqualTo(QueryIssue.DATA_ERROR);
    assertThat(failure("select no_such_function(1)").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_ERROR);
    assertThat(failure("selec 1")).hasMessage("warehouse 'main': Parser Error: syntax error at or near \"selec\"");
    assertThat(failure("load httpfs").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_ERROR);
  }

  @Test
  void aStoppedQueryEndsAtOnceWhileItRuns() throws InterruptedException {
    QueryControl control = QueryControl.unlimited("q1");
    Thread.ofVirtual().start(() -> {
      pause(300);
      control.stop(QueryIssue.CANCELLED);
    });
    Instant start = Instant.now();
    SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.of(warehouse.run(ENDLESS, control)));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.CANCELLED);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aStoppedQueryEndsAtOnceWhileABatchLoads() {
    // The first rows come quickly, then the filter lets nothing pass for hours.
    String sql = "select i, j from range(100000000000) a(i), range(100) b(j) where i < 1000000 or hash(i, j) = 3";
    QueryControl control = QueryControl.unlimited("q1");
    try (ArrowBatches batches = warehouse.run(sql, control)) {
      assertThat(batches.loadNext()).isTrue();
      Thread.ofVirtual().start(() -> {
        pause(2_000);
        control.stop(QueryIssue.CANCELLED);
      });
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.CANCELLED);
    }
  }

  @Test
  void aStopBetweenTwoBatchesIsNotForgotten() {
    QueryControl control = QueryControl.unlimited("q1");
    try (ArrowBatches batches = warehouse.run("select i, repeat('x', 100) from range(10000000) t(i)", control)) {
      assertThat(batches.loadNext()).isTrue();
      control.stop(QueryIssue.CANCELLED);
      assertThat(catchThrowableOfType(SextantException.class, batches::loadNext).issue().code()).isEqualTo(QueryIssue.CANCELLED);
    }
  }

  @Test
  void aDeadlineStopsTheQuery() {
    QueryControl control = new QueryControl("q1", Optional.of(Instant.now().plusMillis(300)));
    SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.of(warehouse.run(ENDLESS, control)));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.DEADLINE_EXCEEDED);
  }

  @Test
  void closingEarlyStopsTheQueryAndFreesItsMemory() {
    for (int i = 0; i < 50; i++) {
      try (ArrowBatches batches = run("select i, repeat('x', 100) from range(10000000000) t(i)")) {
        assertThat(batches.loadNext()).isTrue();
      }
    }
    assertThat(memory.getAllocatedMemory()).isZero();
    assertThat(openConnections()).isLessThan(5);
  }

  @Test
  void closingFromAnotherThreadEndsABatchThatLoads() throws InterruptedException {
    ArrowBatches batches = run("select i, j from range(100000000000) a(i), range(100) b(j) where i < 1000000 or hash(i, j) = 3");
    Thread closer = Thread.ofVirtual().start(() -> {
      pause(1_000);
      batches.close();
    });
    assertThat(catchThrowableOfType(SextantException.class, () -> Rows.count(batches)).issue().code()).isEqualTo(QueryIssue.CANCELLED);
    closer.join();
  }

  @Test
  void statementsWithoutRowsTellHowManyTheyChanged() {
    try (ArrowBatches batches = run("create table shop.copy as select * from shop.orders")) {
      assertThat(Rows.of(batches)).hasSize(1);
    }
    try (ArrowBatches batches = run("insert into shop.copy select * from shop.orders where order_id < 3")) {
      assertThat(Rows.of(batches)).containsExactly("3");
    }
  }

  @Test
  void tablesAndQueriesAreDescribed() {
    assertThat(warehouse.describe(table("shop", "orders")).columns()).extracting(Object::toString)
        .containsExactly(
            "Column[name=order_id, type=bigint]", "Column[name=amount, type=decimal(10, 2)]", "Column[name=sold_at, type=timestamp_tz]");
    assertThat(warehouse.describe(new Source.Query("with a as (select 1 as x) select x, 'y' as y from a -- done")).columns())
        .extracting(column -> column.type())
        .containsExactly(DataType.INTEGER, DataType.STRING);
  }

  @Test
  void outerJoinsAreSeenThroughViews() {
    run("create view shop.paired as select o.*, p.amount as before from shop.orders o left join shop.orders p on p.order_id = o.order_id - 1")
        .close();
    run("create view shop.late as select * from shop.paired where order_id > 1").close();
    run("create view shop.early as select o.* from shop.orders o join shop.orders p on p.order_id = o.order_id + 1").close();
    assertThat(warehouse.describe(table("shop", "orders")).plain()).isTrue();
    assertThat(warehouse.describe(table("shop", "early")).plain()).isTrue();
    assertThat(warehouse.describe(table("shop", "late")).plain()).isFalse();
    assertThat(warehouse.describe(new Source.Query("select * from shop.early")).plain()).isTrue();
    assertThat(warehouse.describe(new Source.Query("select * from shop.early full join shop.late using (order_id)")).plain()).isFalse();
  }

  @Test
  void aMissingTableNamesItsNeighbours() {
    SextantException failure = catchThrowableOfType(SextantException.class, () -> warehouse.describe(table("shop", "ordrs")));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure).hasMessage("table 'shop.ordrs' is not in warehouse 'main'. Did you mean 'shop.orders'?");
    Source unqualified = new Source.Table(Optional.empty(), Optional.empty(), "orders");
    assertThat(catchThrowableOfType(SextantException.class, () -> warehouse.describe(unqualified)).issue().suggestions())
        .containsExactly("shop.orders");
  }

  @Test
  void aFileIsOpenedBelowTheProjectAndCanBeReadOnly() throws Exception {
    var options = Map.of("path", "data/shop.duckdb", "threads", "2", "memory_limit", "1GB");
    Files.createDirectories(folder.resolve("data"));
    DuckDbWarehouse.open(Configs.config("duckdb", options, "create table a as select 42 as x"), folder, memory).close();
    assertThat(folder.resolve("data/shop.duckdb")).exists();
    var readOnly = Map.of("path", "data/shop.duckdb", "read_only", "true");
    try (DuckDbWarehouse reopened = DuckDbWarehouse.open(Configs.config("duckdb", readOnly), folder, memory);
        ArrowBatches batches = reopened.run("from a", QueryControl.unlimited("q"))) {
      assertThat(Rows.of(batches)).containsExactly("42");
      assertThat(catchThrowableOfType(SextantException.class, () -> reopened.run("drop table a", QueryControl.unlimited("q"))))
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void whatCannotBeOpenedIsUnreachable() {
    SextantException failure = catchThrowableOfType(SextantException.class,
        () -> DuckDbWarehouse.open(Configs.config("duckdb", Map.of("path", "no/such/folder/x.duckdb")), folder, memory));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
  }

  @Test
  void onlyProjectFilesAreReadWhenAsked() throws Exception {
    Files.writeString(folder.resolve("in.csv"), "x\n1\n");
    Path outside = Files.createTempFile("outside", ".csv");
    try (DuckDbWarehouse locked = DuckDbWarehouse.open(Configs.config("duckdb", Map.of("access", "project")), folder, memory)) {
      try (ArrowBatches batches = locked.run("from 'in.csv'", QueryControl.unlimited("q"))) {
        assertThat(Rows.of(batches)).containsExactly("1");
      }
      assertThat(catchThrowableOfType(SextantException.class, () -> locked.run("from '" + outside + "'", QueryControl.unlimited("q"))))
          .hasMessageContaining("Permission Error");
    } finally {
      Files.delete(outside);
    }
  }

  private ArrowBatches run(String sql) {
    return warehouse.run(sql, QueryControl.unlimited("q"));
  }

  private SextantException failure(String sql) {
    return catchThrowableOfType(SextantException.class, () -> {
      try (ArrowBatches batches = run(sql)) {
        Rows.count(batches);
      }
    });
  }

  private long openConnections() {
    try (ArrowBatches batches = run("select count from duckdb_connection_count()")) {
      return Long.parseLong(Rows.of(batches).getFirst());
    }
  }

  private static Source table(String schema, String name) {
    return new Source.Table(Optional.empty(), Optional.of(schema), name);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
