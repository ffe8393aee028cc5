// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.model.SextantException;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.Configs;
import dev.sextant.query.warehouse.Rows;
import dev.sextant.query.warehouse.duckdb.DuckDbWarehouse;
import dev.sextant.query.warehouse.postgres.PostgresServer;
import dev.sextant.query.warehouse.postgres.PostgresWarehouse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a dialect claims its warehouse does; what it does not claim, the warehouse refuses. */
class DialectClaimsTest {
  private static final RootAllocator MEMORY = new RootAllocator();
  private static Warehouse duckdb;
  private static Warehouse postgres;

  @BeforeAll
  static void open() {
    duckdb = DuckDbWarehouse.open(Configs.duckdb(), Path.of("."), MEMORY);
    postgres = PostgresWarehouse.open(PostgresServer.config(Collections.emptyMap()), Path.of("."), MEMORY);
  }

  @AfterAll
  static void close() {
    duckdb.close();
    postgres.close();
    MEMORY.close();
  }

  private static Warehouse warehouse(String dialect) {
    return dialect.equals("duckdb") ? duckdb : postgres;
  }

  private static List<String> rows(String dialect, String sql) {
    try (var batches = warehouse(dialect).run(sql, QueryControl.unlimited("claim"))) {
      return Rows.of(batches);
    }
  }

  /** A statement that needs the feature, and its rows. */
  private static String statement(DialectFeature feature) {
    return switch (feature) {
      case FULL_JOIN_NULL_SAFE -> """
          select count(*), count(a.k), count(b.k) from (values (1), (null)) a(k)
          full join (values (2), (null)) b(k) on a.k is not distinct from b.k""";
      case AS_OF_JOIN -> """
          select count(*), max(b.t) from (values (1, 5), (1, 1), (2, 9)) a(k, t)
          asof join (values (1, 2), (1, 5), (1, 6)) b(k, t) on a.k = b.k and b.t <= a.t""";
      case APPROXIMATE_PERCENTILE -> "select approx_quantile(x, 0.5) between 4900 and 5100 from generate_series(1, 10000) t(x)";
      case SKETCHES -> "select sextant_distinct_count(sextant_distinct_sketch(string_agg(cast(x as varchar), ',')))"
          + " from generate_series(1, 20) t(x)";
    };
  }

  private static String answer(DialectFeature feature) {
    return switch (feature) {
      case FULL_JOIN_NULL_SAFE -> "3|1|1";
      case AS_OF_JOIN -> "1|5";
      case APPROXIMATE_PERCENTILE -> "true";
      case SKETCHES -> "20";
    };
  }

  private static String refusal(DialectFeature feature) {
    return switch (feature) {
      case FULL_JOIN_NULL_SAFE -> "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions";
      case AS_OF_JOIN -> "syntax error at or near \"asof\"";
      case APPROXIMATE_PERCENTILE -> "function approx_quantile(integer, numeric) does not exist";
      case SKETCHES -> "function sextant_distinct_sketch(text) does not exist";
    };
  }

  static Stream<Arguments> everyDialectAndFeature() {
    return Stream.of("duckdb", "postgres").flatMap(dialect -> Stream.of(DialectFeature.values()).map(each -> Arguments.of(dialect, each)));
  }

  @ParameterizedTest
  @MethodSource("everyDialectAndFeature")
  void aClaimHoldsAndWhatIsNotClaimedIsRefused(String dialect, DialectFeature feature) {
    if (Dialects.named(dialect).features().contains(feature)) {
      assertThat(rows(dialect, statement(feature))).containsExactly(answer(feature));
    } else {
      assertThatThrownBy(() -> rows(dialect, statement(feature))).isInstanceOf(SextantException.class)
          .hasMessageContaining(refusal(feature));
    }
  }

  @Test
  void aNullSafeFullJoinIsAHashJoin() {
    assertThat(String.join("\n", rows("duckdb", "explain " + statement(DialectFeature.FULL_JOIN_NULL_SAFE))))
        .containsIgnoringCase("hash join");
  }

  @Test
  void everyWarehouseHasItsDialect() {
    assertThat(Dialects.named(duckdb.dialect())).isInstanceOf(DuckDbDialect.class);
    assertThat(Dialects.named(postgres.dialect())).isInstanceOf(PostgresDialect.class);
    assertThatThrownBy(() -> Dialects.named("postgress")).hasMessageContaining("Did you mean 'postgres'?");
  }
}
