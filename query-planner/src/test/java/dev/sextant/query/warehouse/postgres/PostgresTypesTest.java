// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.DataType;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.Rows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PostgresTypesTest {
  private static final BufferAllocator MEMORY = new RootAllocator();
  private static PostgresWarehouse warehouse;

  @BeforeAll
  static void open() {
    PostgresServer.execute("drop type if exists mood", "create type mood as enum ('sad', 'happy')", "drop domain if exists cents",
        "create domain cents as numeric(12, 2)");
    warehouse = PostgresWarehouse.open(PostgresServer.config(Map.of()), Path.of("."), MEMORY);
  }

  @AfterAll
  static void nothingIsLeftOpen() {
    warehouse.close();
    MEMORY.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
      true                                              ; Bool                          ; true
      (-7)::int2                                        ; Int(16, true)                 ; -7
      (-7)::int4                                        ; Int(32, true)                 ; -7
      (-9223372036854775808)::int8                      ; Int(64, true)                 ; -9223372036854775808
      1.5::float4                                       ; FloatingPoint(SINGLE)         ; 1.5
      'NaN'::float8                                     ; FloatingPoint(DOUBLE)         ; NaN
      12.3::numeric(10, 2)                              ; Decimal(10, 2, 128)           ; 12.30
      1.25                                              ; Decimal(38, 18, 128)          ; 1.250000000000000000
      12::numeric(50, 10)                               ; Decimal(38, 10, 128)          ; 12.0000000000
      1234::numeric(5, -2)                              ; Decimal(7, 0, 128)            ; 1200
      0.00012::numeric(3, 5)                            ; Decimal(5, 5, 128)            ; 0.00012
      7::cents                                          ; Decimal(12, 2, 128)           ; 7.00
      'grüße'::text                                     ; Utf8                          ; grüße
      'ab'::varchar(5)                                  ; Utf8                          ; ab
      'ab'::char(4)                                     ; Utf8                          ; ab
      'ab'::name                                        ; Utf8                          ; ab
      'x'::"char"                                       ; Utf8                          ; x
      '\\xdeadBEEF'::bytea                              ; Binary                        ; deadbeef
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid      ; Utf8                          ; a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
      '{"a": 1}'::json                                  ; Utf8                          ; {"a": 1}
      '{"a":1}'::jsonb                                  ; Utf8                          ; {"a": 1}
      array[1, null, 3]                                 ; Utf8                          ; {1,NULL,3}
      'happy'::mood                                     ; Utf8                          ; happy
      '10.0.0.0/8'::inet                                ; Utf8                          ; 10.0.0.0/8
      int4range(1, 5)                                   ; Utf8                          ; [1,5)
      42::oid                                           ; Utf8                          ; 42
      date '2026-02-03'                                 ; Date(DAY)                     ; 20487
      date '0001-01-01'                                 ; Date(DAY)                     ; -719162
      date 'infinity'                                   ; Date(DAY)                     ; 2147483647
      date '-infinity'                                  ; Date(DAY)                     ; -2147483648
      time '10:00:00.5'                                 ; Time(MICROSECOND, 64)         ; 36000500000
      timestamp '2026-02-03 04:05:06.789'               ; Timestamp(MICROSECOND, null)  ; 2026-02-03T04:05:06.789
      timestamp '1900-01-01'                            ; Timestamp(MICROSECOND, null)  ; 1900-01-01T00:00
      timestamptz '2026-02-03 04:05:06+02'              ; Timestamp(MICROSECOND, UTC)   ; 1770084306000000
      timestamptz 'infinity'                            ; Timestamp(MICROSECOND, UTC)   ; 9223372036854775807
      interval '1 year 2 days 3 seconds'                ; Interval(MONTH_DAY_NANO)      ; P12M2D PT3S
      null                                              ; Utf8                          ; null
      null::numeric                                     ; Decimal(38, 18, 128)          ; null
      """)
  void everyTypeHasAVector(String expression, String type, String value) {
    try (ArrowBatches batches = run("select " + expression + " as c")) {
      assertThat(batches.root().getSchema().getFields().getFirst()).hasToString("c: " + type);
      assertThat(Rows.of(batches).getFirst().strip()).isEqualTo(value);
    }
  }

  @Test
  void nullsAndValuesKeepTheirPlacesInEveryColumn() {
    String columns = "b bool, s int2, i int4, l int8, f float4, d float8, n numeric(9, 3), t text, y bytea, u uuid, a date, c time, "
        + "p timestamp, z timestamptz, v interval";
    String nulls = String.join(", ", java.util.Collections.nCopies(15, "null"));
    String values = "true, 1::int2, 2, 3::int8, 4::float4, 5::float8, 6.5::numeric(9, 3), 't', '\\x01'::bytea, "
        + "'00000000-0000-0000-0000-000000000001'::uuid, date '1970-01-02', time '00:00:01', timestamp '1970-01-01 00:00:01', "
        + "timestamptz '1970-01-01 00:00:01Z', interval '1 day'";
    PostgresServer.execute("drop table if exists everything", "create table everything (" + columns + ")", "insert into everything select "
        + values + " from generate_series(1, 2)", "insert into everything select " + nulls, "insert into everything select " + values);
    try (ArrowBatches batches = run("select * from everything")) {
      List<String> rows = Rows.of(batches);
      assertThat(rows.get(0)).isEqualTo(rows.get(1))
          .isEqualTo(rows.get(3))
          .isEqualTo("true|1|2|3|4.0|5.0|6.500|t|01|00000000-0000-0000-0000-000000000001|1|1000000|1970-01-01T00:00:01|1000000|P1D PT0S");
      assertThat(rows.get(2)).isEqualTo(String.join("|", java.util.Collections.nCopies(15, "null")));
    }
  }

  @Test
  void decimalsAreExactForAllScalesAndSizes() {
    Random random = new Random(42);
    for (int scale : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 18, 38}) {
      List<String> written = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        BigDecimal value = randomDecimal(random, scale);
        written.add("('" + value.toPlainString() + "')");
        expected.add(value.setScale(scale, RoundingMode.HALF_UP).toPlainString());
      }
      String sql = "select column1::numeric::numeric(38, " + scale + ") as c from (values " + String.join(", ", written) + ") v";
      try (ArrowBatches batches = run(sql)) {
        assertThat(batches.root().getVector(0).getField().getType()).hasToString("Decimal(38, " + scale + ", 128)");
        List<String> rows = Rows.of(batches);
        for (int i = 0; i < written.size(); i++) {
          assertThat(rows.get(i)).as(written.get(i) + " at scale " + scale).isEqualTo(expected.get(i));
        }
      }
    }
  }

  /** Anything from 1 to all digits before and after the point that fit, at times more digits than the scale keeps. */
  private static BigDecimal randomDecimal(Random random, int scale) {
    int digits = 1 + random.nextInt(Math.max(1, 37 - scale) + scale);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
    }
    int fraction = Math.max(0, Math.min(digits, Math.max(digits - Math.max(0, 37 - scale), random.nextInt(scale + 4))));
    return new BigDecimal(text.toString()).movePointLeft(fraction).multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
  }

  @Test
  void digitsBeyondTheScaleAreRoundedAsPostgresDoes() {
    for (String value : List.of("0.0000000000000000005", "-0.0000000000000000005", "0.0000000000000000004999", "99.9999999999999999995",
        "1e-30", "123456789.123456789123456789123456789")) {
      try (ArrowBatches batches = run("select '" + value + "'::numeric as c, round('" + value + "'::numeric, 18)::text as d")) {
        String[] row = Rows.of(batches).getFirst().split("\\|");
        assertThat(new BigDecimal(row[0])).as(value).isEqualByComparingTo(row[1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'NaN'::numeric", "'Infinity'::numeric", "1e21::numeric", "-1e300::numeric", "100000000000000000000::numeric",
      "99999999999999999999.9999999999999999999"})
  void numbersThatDoNotFitAreErrors(String expression) {
    SextantException failure = catchThrowableOfType(SextantException.class, () -> {
      try (ArrowBatches batches = run("select " + expression + " as c")) {
        Rows.of(batches);
      }
    });
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.DATA_ERROR);
    assertThat(failure).hasMessageContaining("column 'c' holds a numeric value that is ").hasMessageContaining("decimal(38, 18)");
  }

  @Test
  void theLargestDecimalsFit() {
    String nines = "9".repeat(38);
    try (ArrowBatches batches = run("select '" + nines + "'::numeric(38, 0) as c union all select '-" + nines + "'::numeric(38, 0)")) {
      assertThat(Rows.of(batches)).containsExactly(nines, "-" + nines);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 38, 18", "10, 2, 10, 2", "38, 38, 38, 38", "60, 10, 38, 10", "60, 40, 38, 18", "40, 30, 38, 28", "2, 2045, 5, 0",
      "3, 5, 5, 5"})
  void declaredDecimalsKeepWhatFits(int precision, int scale, int wantedPrecision, int wantedScale) {
    assertThat(PostgresColumns.decimal(precision, scale)).isEqualTo(DataType.decimal(wantedPrecision, wantedScale));
  }

  private static ArrowBatches run(String sql) {
    return warehouse.run(sql, QueryControl.unlimited("q"));
  }
}
