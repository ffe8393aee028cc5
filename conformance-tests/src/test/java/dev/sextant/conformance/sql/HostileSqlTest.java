// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import dev.sextant.model.DataType;
import dev.sextant.model.SextantException;
import dev.sextant.query.SqlParameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Statements without measure are read, or refused in words; what stands in names and texts is never SQL. */
class HostileSqlTest {
  private static final String ATTACK = "x\"; drop table shop.orders; -- '";
  private static SqlProject shop;

  @BeforeAll
  static void open() {
    shop = SqlProject.shop();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void aStatementOfAMillionCharactersIsRead() {
    String comment = "/* " + "very long ".repeat(50_000) + "*/";
    String conditions = IntStream.range(0, 12_000).mapToObj(i -> "'value number " + i + "' ").collect(Collectors.joining(", "));
    String sql = "select count(*) " + comment + " from orders where order__status not in (" + conditions + ")"
        + " or customer__name = '" + "z".repeat(300_000) + "'";
    assertThat(sql.length()).isGreaterThan(1_000_000);
    assertThat(shop.rows(sql)).containsExactly("11");
  }

  @Test
  void fiveThousandValuesAreRead() {
    String values = IntStream.range(0, 5_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    assertThat(shop.rows("select count(*), measure(orders) from orders where \"order\" in (" + values + ")")).containsExactly("12 | 12");
    assertThat(shop.rows("select measure(visits) from metrics where country in ('DE', " + values.replaceAll("(\\d+)", "'$1'") + ")"))
        .containsExactly("2");
  }

  @Test
  void sixtyLevelsOfNestingAreRead() {
    String queries = "select * from (".repeat(60) + "select order__status, revenue from orders" + ") t".repeat(60);
    assertThat(shop.rows("select sum(revenue) from (" + queries + ") t")).containsExactly("490");
    assertThat(shop.rows("select " + "(".repeat(60) + "1" + " + 1)".repeat(60))).containsExactly("61");
    assertThat(shop.rows("select count(*) from orders where " + "not (".repeat(60) + "order__gift" + ")".repeat(60))).containsExactly("4");
  }

  @Test
  void nestingWithoutEndIsRefused() {
    for (String sql : List.of("select " + "(".repeat(50_000) + "1" + ")".repeat(50_000), "select " + "-".repeat(3) + "(".repeat(9_999),
        "select * from (".repeat(20_000) + "select 1" + ") t".repeat(20_000), "select " + "case when ".repeat(20_000),
        "select 1 where " + "true and ".repeat(50_000) + "true",
        "select " + "not ".repeat(20_000) + "true", "select '1'" + "::text".repeat(20_000), "select a" + ".a".repeat(50_000))) {
      assertThatThrownBy(() -> shop.ask(sql)).as(sql.substring(0, 30)).isInstanceOf(SextantException.class);
    }
    assertThat(shop.rows("select 1")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1 as \"%s\"", "select \"%s\".revenue from orders as \"%s\" where \"order\" = 1",
      "with \"%s\" as (select 1 a) select a from \"%s\"",
      "select \"%s\" from (select 1 as \"%s\") t",
      "select \"%s\" from (select order__status as \"%s\", revenue from orders) t group by \"%s\""})
  void quotedNamesAreNames(String form) {
    String quoted = ATTACK.replace("\"", "\"\"");
    assertThat(shop.ask(form.replace("%s", quoted)).rows()).isNotEmpty();
    assertThat(shop.rows("select count(*) from orders")).containsExactly("12");
  }

  @Test
  void unknownQuotedNamesAreRefused() {
    String quoted = '"' + ATTACK.replace("\"", "\"\"") + '"';
    for (String sql : List.of("select " + quoted + " from orders", "select * from " + quoted, "select " + quoted + "(1)",
        "select 1::" + quoted,
        "select measure(" + quoted + ") from orders", "select '1'::\"@zone:" + "zz\"", "select 1 as a order by " + quoted)) {
      assertThatThrownBy(() -> shop.ask(sql)).as(sql).isInstanceOf(SextantException.class);
    }
    assertThat(shop.rows("select count(*) from orders")).containsExactly("12");
  }

  @Test
  void textsAndParametersAreValues() {
    String text = ATTACK.replace("'", "''");
    SqlParameter parameter = new SqlParameter(DataType.STRING, ATTACK + "\\' or 1 = 1 --");
    assertThat(shop.rows("select count(*) from orders where order__status = '" + text + "' or order__status = '\\'")).containsExactly("0");
    assertThat(shop.rows("select count(*) from orders where order__status = ?", parameter)).containsExactly("0");
    assertThat(shop.rows("select ? from orders limit 1", parameter)).hasSize(1);
    assertThat(shop.rows("select measure(visits) from metrics where country__country_name = ? or country__country_name = '" + text + "'",
        parameter))
            .containsExactly("0");
    assertThat(shop
        .rows("select count(*) from {{ semantic_layer.query(metrics=['revenue'], where=\"order__status = 'x' or '1' = '1; drop'\") }} m"))
            .hasSize(1);
    assertThat(shop.rows("select count(*) from orders")).containsExactly("12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select * from shop.orders", "select * from main.shop.orders", "select * from read_csv('/etc/passwd')",
      "select * from 'x.csv'",
      "select * from duckdb_settings()", "select * from pg_catalog.pg_class", "select * from information_schema.nothing",
      "select getenv('HOME')",
      "select read_text('/etc/passwd')", "select * from range(3)", "select nextval('s')", "select pg_sleep(1)", "from shop.orders",
      "table shop.orders",
      "select * from orders, lateral (select * from shop.orders)", "copy orders to 'x'", "select 1; drop table shop.orders"})
  void nothingElseOfTheWarehouseIsReached(String sql) {
    assertThatThrownBy(() -> shop.ask(sql)).isInstanceOf(SextantException.class);
  }
}
