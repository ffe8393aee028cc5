// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class PostgresWarehouseTest {
  private final BufferAllocator memory = new RootAllocator();
  private PostgresWarehouse warehouse;

  @BeforeAll
  static void createTables() {
    PostgresServer.execute("create schema if not exists shop", "drop table if exists shop.orders",
        "create table shop.orders (order_id bigserial primary key, amount numeric(10, 2), sold_at timestamptz, note json)",
        "insert into shop.orders (amount, sold_at) select i / 4.0, timestamptz '2026-01-01 00:00:00+02' from generate_series(0, 9) i");
  }

  @BeforeEach
  void open() {
    warehouse = PostgresWarehouse.open(PostgresServer.config(Map.of("max_connections", "3", "max_queued", "1")), Path.of("."), memory);
  }

  @AfterEach
  void nothingIsLeftOpen() {
    warehouse.close();
    memory.close();
  }

  @Test
  void rowsAreStreamedWithTheirTypes() {
    try (ArrowBatches batches = run("select order_id, amount, sold_at, note from shop.orders where order_id <= 2 order by 1; ")) {
      assertThat(batches.root().getSchema().getFields()).extracting(Object::toString)
          .containsExactly("order_id: Int(64, true)",
              "amount: Decimal(10, 2, 128)", "sold_at: Timestamp(MICROSECOND, UTC)", "note: Utf8");
      assertThat(Rows.of(batches)).containsExactly("1|0.00|1767218400000000|null", "2|0.25|1767218400000000|null");
      assertThat(batches.loadNext()).isFalse();
    }
  }

  @Test
  void noRowsAreAnEndAtOnce() {
    try (ArrowBatches batches = run("select order_id, note from shop.orders where false")) {
      assertThat(batches.loadNext()).isFalse();
    }
  }

  @Test
  void aMillionRowsComeInManyBatches() {
    try (ArrowBatches batches = run("select i, case when i % 3 = 0 then null else 'row ' || i end from generate_series(1, 1000000) i")) {
      long rows = 0;
      long sum = 0;
      long texts = 0;
      while (batches.loadNext()) {
        var numbers = (org.apache.arrow.vector.IntVector) batches.root().getVector(0);
        for (int row = 0; row < batches.root().getRowCount(); row++) {
          sum += numbers.get(row);
          Object text = batches.root().getVector(1).getObject(row);
          boolean right = numbers.get(row) % 3 == 0 ? text == null : ("row " + numbers.get(row)).equals(String.valueOf(text));
          texts += right ? 1 : 0;
        }
        rows += batches.root().getRowCount();
      }
      assertThat(rows).isEqualTo(1_000_000);
      assertThat(sum).isEqualTo(500_000_500_000L);
      assertThat(texts).isEqualTo(1_000_000);
    }
  }

  @Test
  void whoTookABatchOverReadsItWhileTheNextOnesCome() {
    try (ArrowBatches batches = run("select i from generate_series(1, 100000) i")) {
      assertThat(batches.loadNext()).isTrue();
      try (ArrowBuf taken = batches.root().getVector(0).getDataBuffer()) {
        taken.getReferenceManager().retain();
        while (batches.loadNext()) {
          assertThat(taken.getInt(0)).isEqualTo(1);
        }
        assertThat(taken.getInt(0)).isEqualTo(1);
      }
    }
  }

  @Test
  void aFailureAtRowNineHundredThousandIsAnErrorAndStaysOne() {
    try (ArrowBatches batches = run("select 1 / (900000 - i) from generate_series(1, 1000000) i")) {
      assertThat(batches.loadNext()).isTrue();
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.DATA_ERROR);
      assertThat(failure).hasMessage("warehouse 'main': division by zero");
      assertThat(catchThrowableOfType(SextantException.class, batches::loadNext)).isSameAs(failure);
    }
    assertThat(rows("select 1")).containsExactly("1");
  }

  @Test
  void failuresAreTyped() {
    assertThat(failure("select * from shop.ordrs").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select * from nowhere.orders").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select amnt from shop.orders").issue().toString())
        .isEqualTo("warehouse 'main': column \"amnt\" does not exist. Perhaps you meant to reference the column \"orders.amount\".");
    assertThat(failure("select amount_ from shop.orders").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure("select cast(note::text || 'x' as integer) from (values ('1')) t(note)").issue().code())
        .isEqualTo(QueryIssue.DATA_ERROR);
    assertThat(failure("select no_such_function(1)").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_ERROR);
    assertThat(failure("selec 1").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_ERROR);
  }

  @Test
  void aStoppedQueryEndsAtOnce() {
    QueryControl control = QueryControl.unlimited("q1");
    stopLater(control, 300);
    Instant start = Instant.now();
    SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.of(warehouse.run("select pg_sleep(30)", control)));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.CANCELLED);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(waitUntilNothingRuns()).isTrue();
  }

  @Test
  void aStoppedQueryEndsAtOnceWhileABatchLoads() {
    QueryControl control = QueryControl.unlimited("q1");
    try (ArrowBatches batches = warehouse.run("select generate_series(1, 100000), '' union all select 0, pg_sleep(30)::text",
        control)) {
      assertThat(batches.loadNext()).isTrue();
      stopLater(control, 300);
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.CANCELLED);
    }
    assertThat(waitUntilNothingRuns()).isTrue();
  }

  @Test
  void aDeadlineStopsTheQuery() {
    QueryControl control = new QueryControl("q1", Optional.of(Instant.now().plusMillis(300)));
    SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.of(warehouse.run("select pg_sleep(30)", control)));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.DEADLINE_EXCEEDED);
  }

  @Test
  void closingEarlyStopsTheQueryAndFreesItsMemory() {
    for (int i = 0; i < 20; i++) {
      try (ArrowBatches batches = run("select generate_series(1, 100000000), repeat('x', 100)")) {
        assertThat(batches.loadNext()).isTrue();
      }
    }
    assertThat(memory.getAllocatedMemory()).isZero();
    assertThat(waitUntilNothingRuns()).isTrue();
    assertThat(rows("select 1")).containsExactly("1");
  }

  @Test
  void closingFromAnotherThreadEndsABatchThatLoads() throws InterruptedException {
    ArrowBatches batches = run("select generate_series(1, 100000), repeat('x', 100) union all select 0, pg_sleep(30)::text");
    Thread closer = Thread.ofVirtual().start(() -> {
      pause(300);
      batches.close();
    });
    assertThat(catchThrowableOfType(SextantException.class, () -> Rows.count(batches)).issue().code()).isEqualTo(QueryIssue.CANCELLED);
    closer.join();
  }

  @Test
  void moreStatementsThanAllowedWaitAndThenAreRefused() {
    List<ArrowBatches> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(run("select i from generate_series(1, 1000000) i"));
    }
    Thread waiting = Thread.ofVirtual().start(() -> rows("select 1"));
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(failure("select 1").issue().code()).isEqualTo(QueryIssue.QUEUE_FULL);
    assertThat(warehouse.describe(new Source.Query("select 1 as a")).columns()).hasSize(1);
    open.forEach(ArrowBatches::close);
    while (waiting.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(rows("select 1")).containsExactly("1");
  }

  @Test
  void statementsWithoutRowsTellHowManyTheyChanged() {
    assertThat(rows("drop table if exists shop.copy")).hasSize(1);
    assertThat(rows("create table shop.copy as select * from shop.orders")).hasSize(1);
    assertThat(rows("delete from shop.copy where order_id < 4")).containsExactly("3");
    assertThat(rows("delete from shop.copy where order_id < 5 returning order_id")).containsExactly("4");
    assertThat(rows("select count(*) from shop.copy")).containsExactly("6");
  }

  @Test
  void tablesAndQueriesAreDescribed() {
    assertThat(warehouse.describe(table("shop", "orders")).columns()).extracting(Object::toString)
        .containsExactly(
            "Column[name=order_id, type=bigint]", "Column[name=amount, type=decimal(10, 2)]", "Column[name=sold_at, type=timestamp_tz]",
            "Column[name=note, type=string]");
    Source query = new Source.Query(
        "select sum(amount) as total, 'a?b' as question, note::jsonb ? 'x' as has from shop.orders group by 3; ");
    assertThat(warehouse.describe(query).columns()).extracting(Object::toString)
        .containsExactly("Column[name=total, type=decimal(38, 18)]",
            "Column[name=question, type=string]", "Column[name=has, type=boolean]");
  }

  @Test
  void aMissingTableNamesItsNeighbours() {
    SextantException failure = catchThrowableOfType(SextantException.class, () -> warehouse.describe(table("shop", "ordrs")));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure).hasMessage("table 'shop.ordrs' is not in warehouse 'main'. Did you mean 'shop.orders'?");
  }

  @Test
  void questionMarksAndDuplicateNamesAreNotSpecial() {
    assertThat(rows("select '{\"a\": 1}'::jsonb ? 'a' as x, 'what?' as x, 'it''s {d} \\?' as y -- done?"))
        .containsExactly("true|what?|it's {d} \\?");
  }

  @Test
  void sessionsAreInUtcAndInitRunsInEachOfThem() {
    try (
        PostgresWarehouse other = PostgresWarehouse.open(PostgresServer.config(Map.of(), "set search_path to shop;"), Path.of("."), memory);
        ArrowBatches batches = other.run("select count(*), current_setting('TimeZone') from orders", QueryControl.unlimited("q"))) {
      assertThat(Rows.of(batches)).containsExactly("10|UTC");
    }
  }

  @Test
  void aConnectionThatDiesMidwayIsAnError() {
    try (ArrowBatches batches = run("select generate_series(1, 100000000), repeat('x', 1000), pg_backend_pid()")) {
      assertThat(batches.loadNext()).isTrue();
      PostgresServer.execute("select pg_terminate_backend(" + batches.root().getVector(2).getObject(0) + ")");
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
    }
    assertThat(rows("select 1")).containsExactly("1");
  }

  private ArrowBatches run(String sql) {
    return warehouse.run(sql, QueryControl.unlimited("q"));
  }

  private List<String> rows(String sql) {
    try (ArrowBatches batches = run(sql)) {
      return Rows.of(batches);
    }
  }

  private SextantException failure(String sql) {
    return catchThrowableOfType(SextantException.class, () -> rows(sql));
  }

  private static Source table(String schema, String name) {
    return new Source.Table(Optional.empty(), Optional.of(schema), name);
  }

  private static void stopLater(QueryControl control, long millis) {
    Thread.ofVirtual().start(() -> {
      pause(millis);
      control.stop(QueryIssue.CANCELLED);
    });
  }

  private boolean waitUntilNothingRuns() {
    String running = "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and application_name = 'sextant'";
    for (int i = 0; i < 50; i++) {
      if (rows(running).equals(List.of("0"))) {
        return true;
      }
      pause(100);
    }
    return false;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
