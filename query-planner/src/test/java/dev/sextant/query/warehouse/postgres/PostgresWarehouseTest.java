// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.Rows;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class PostgresWarehouseTest {
  private final OpenPostgres postgres = OpenPostgres.open();

  @BeforeAll
  static void createTables() {
    PostgresServer.execute("create schema if not exists shop", "drop table if exists shop.orders",
        "create table shop.orders (order_id bigserial primary key, amount numeric(10, 2), sold_at timestamptz, note json)",
        "insert into shop.orders (amount, sold_at) select i / 4.0, timestamptz '2026-01-01 00:00:00+02' from generate_series(0, 9) i");
  }

  @AfterEach
  void nothingIsLeftOpen() {
    postgres.close();
  }

  @Test
  void rowsAreStreamedWithTheirTypes() {
    try (ArrowBatches batches = postgres.run("select order_id, amount, sold_at, note from shop.orders where order_id <= 2 order by 1; ")) {
      assertThat(batches.root().getSchema().getFields()).extracting(Object::toString)
          .containsExactly("order_id: Int(64, true)",
              "amount: Decimal(10, 2, 128)", "sold_at: Timestamp(MICROSECOND, UTC)", "note: Utf8");
      assertThat(Rows.of(batches)).containsExactly("1|0.00|1767218400000000|null", "2|0.25|1767218400000000|null");
      assertThat(batches.loadNext()).isFalse();
    }
  }

  @Test
  void noRowsAreAnEndAtOnce() {
    try (ArrowBatches batches = postgres.run("select order_id, note from shop.orders where false")) {
      assertThat(batches.loadNext()).isFalse();
    }
  }

  @Test
  void aMillionRowsComeInManyBatches() {
    try (ArrowBatches batches = postgres
        .run("select i, case when i % 3 = 0 then null else 'row ' || i end from generate_series(1, 1000000) i")) {
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
    try (ArrowBatches batches = postgres.run("select i from generate_series(1, 100000) i")) {
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
    try (ArrowBatches batches = postgres.run("select 1 / (900000 - i) from generate_series(1, 1000000) i")) {
      assertThat(batches.loadNext()).isTrue();
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.DATA_ERROR);
      assertThat(failure).hasMessage("warehouse 'main': division by zero");
      assertThat(catchThrowableOfType(SextantException.class, batches::loadNext)).isSameAs(failure);
    }
    assertThat(postgres.rows("select 1")).containsExactly("1");
  }

  @Test
  void failuresAreTyped() {
    assertThat(postgres.failure("select * from shop.ordrs").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(postgres.failure("select * from nowhere.orders").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(postgres.failure("select amnt from shop.orders").issue().toString())
        .isEqualTo("warehouse 'main': column \"amnt\" does not exist. Perhaps you meant to reference the column \"orders.amount\".");
    assertThat(postgres.failure("select amount_ from shop.orders").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(postgres.failure("select cast(note::text || 'x' as integer) from (values ('1')) t(note)").issue().code())
        .isEqualTo(QueryIssue.DATA_ERROR);
    assertThat(postgres.failure("select no_such_function(1)").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_ERROR);
    assertThat(postgres.failure("selec 1").issue().code()).isEqualTo(QueryIssue.WAREHOUSE_ERROR);
  }

  @Test
  void statementsWithoutRowsTellHowManyTheyChanged() {
    assertThat(postgres.rows("drop table if exists shop.copy")).hasSize(1);
    assertThat(postgres.rows("create table shop.copy as select * from shop.orders")).hasSize(1);
    assertThat(postgres.rows("delete from shop.copy where order_id < 4")).containsExactly("3");
    assertThat(postgres.rows("delete from shop.copy where order_id < 5 returning order_id")).containsExactly("4");
    assertThat(postgres.rows("select count(*) from shop.copy")).containsExactly("6");
  }

  @Test
  void tablesAndQueriesAreDescribed() {
    assertThat(postgres.warehouse().describe(table("shop", "orders")).columns()).extracting(Object::toString)
        .containsExactly(
            "Column[name=order_id, type=bigint]", "Column[name=amount, type=decimal(10, 2)]", "Column[name=sold_at, type=timestamp_tz]",
            "Column[name=note, type=string]");
    Source query = new Source.Query(
        "select sum(amount) as total, 'a?b' as question, note::jsonb ? 'x' as has from shop.orders group by 3; ");
    assertThat(postgres.warehouse().describe(query).columns()).extracting(Object::toString)
        .containsExactly("Column[name=total, type=decimal(38, 18)]",
            "Column[name=question, type=string]", "Column[name=has, type=boolean]");
  }

  @Test
  void aMissingTableNamesItsNeighbours() {
    SextantException failure = catchThrowableOfType(SextantException.class, () -> postgres.warehouse().describe(table("shop", "ordrs")));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_SCHEMA);
    assertThat(failure).hasMessage("table 'shop.ordrs' is not in warehouse 'main'. Did you mean 'shop.orders'?");
  }

  @Test
  void textsCompareByTheirBytesUnlessAColumnSaysOtherwise() {
    assertThat(postgres.warehouse().comparesByBytes()).isTrue();
    PostgresServer.execute("create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "create table shop.names (name text collate any_case)");
    try {
      assertThat(postgres.warehouse().comparesByBytes()).isFalse();
    } finally {
      PostgresServer.execute("drop table shop.names", "drop collation any_case");
    }
  }

  @Test
  void questionMarksAndDuplicateNamesAreNotSpecial() {
    assertThat(postgres.rows("select '{\"a\": 1}'::jsonb ? 'a' as x, 'what?' as x, 'it''s {d} \\?' as y -- done?"))
        .containsExactly("true|what?|it's {d} \\?");
  }

  @Test
  void sessionsAreInUtcAndInitRunsInEachOfThem() {
    try (
        PostgresWarehouse other = PostgresWarehouse.open(PostgresServer.config(Map.of(), "set search_path to shop;"), Path.of("."),
            postgres.memory());
        ArrowBatches batches = other.run("select count(*), current_setting('TimeZone') from orders", QueryControl.unlimited("q"))) {
      assertThat(Rows.of(batches)).containsExactly("10|UTC");
    }
  }

  private static Source table(String schema, String name) {
    return new Source.Table(Optional.empty(), Optional.of(schema), name);
  }
}
