// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import dev.sextant.model.DataType;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.SqlParameter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What parameters are used as is told before a statement runs, and the same statement answers for other values. */
class ParametersTest {
  private static final SqlProject shop = SqlProject.shop();

  @AfterAll
  static void close() {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      select count(*) from orders where order__status = ?                                                | string
      select count(*) from orders where ? < order__status and order__gift = ?                            | string,boolean
      select count(*) from orders where metric_time >= ? and metric_time < ?                             | timestamp,timestamp
      select count(*) from orders where metric_time between ? and ?                                      | timestamp,timestamp
      select order__status, measure(revenue) from orders group by 1 having measure(orders) > ? limit ?   | bigint,bigint
      select count(*) from orders where order__status in (?, ?) or order__status like ?                  | string,string,string
      select * from (select order__status s from orders union select 'x') t where s = ? limit ? offset ? | string,bigint,bigint
      select substr(order__status, ?, 2), coalesce(order__gift, ?), cast(? as date) from orders          | bigint,boolean,date
      select count(*) from orders where date_trunc('month', metric_time) = ? and not ?                   | timestamp,boolean
      select case when order__gift then ? else order__status end, round(?, 1) from orders                | string,double
      select measure(visits), measure(revenue) from metrics where metric_time < ?                        | timestamp
      select ? from orders                                                                               | other
      select s, n from (select order__status s, count(*) n from orders group by 1) t where n > ? and s <> ? | bigint,string
      """)
  void parametersAreWhatTheyAreUsedAs(String sql, String types) {
    assertThat(shop.prepare(sql).parameters().stream().map(DataType::toString)).containsExactly(types.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"select order__status, order__gift, metric_time, revenue from orders",
      "select upper(order__status) a, length(order__status) b, order__gift or false c, metric_time + interval '1 day' d, sum(revenue) e,"
          + " count(*) f, avg(revenue) g, min(metric_time) h, max(order__status) i, current_date j, extract(year from metric_time) k,"
          + " date_trunc('month', metric_time) l, metric_time::date m from orders group by all",
      "select rank() over (order by metric_time) a, lag(order__status) over (order by metric_time) b, sum(revenue) over () c from orders",
      "select case when order__gift then 1 end a, coalesce(order__status, 'x') b, order__status || 'x' c, 1 + 1 d, 1.5 * 2 e, 7 / 2 f,"
          + " date '2026-01-01' - date '2025-01-01' g, cast(1 as varchar) h, nullif(order__status, 'x') i, greatest(1, 2) j from orders"})
  void theTypesFollowedAreTheWarehouses(String sql) {
    for (ResultSchema.Column column : shop.prepare(sql).schema().columns()) {
      List<DataType> types = shop.prepare("select * from (" + sql + ") t where \"" + column.name() + "\" = ?").parameters();
      boolean same = types.getFirst().equals(column.type()) || types.getFirst().isNumeric() && column.type().isNumeric()
          || types.getFirst().isTemporal() && column.type().isTemporal();
      assertThat(same).as(column + " was taken for " + types).isTrue();
    }
  }

  @Test
  void theSameStatementAnswersForOtherValues() {
    String rows = "select count(*) from orders where order__status = ? and revenue > ?";
    String metrics = "select measure(revenue), measure(visits) from metrics where metric_time < ";
    for (String status : List.of("paid", "open", "it's", "paid' or '1' = '1")) {
      for (String least : List.of("0", "-5", "20")) {
        assertThat(shop.rows(rows, text(status), new SqlParameter(DataType.BIGINT, least)))
            .isEqualTo(
                shop.oracle("select count(*) from shop.orders where status = '" + status.replace("'", "''") + "' and amount > " + least));
      }
    }
    for (String day : List.of("2026-01-15", "2026-02-15")) {
      assertThat(shop.rows(metrics + "?", new SqlParameter(DataType.DATE, day))).isEqualTo(shop.rows(metrics + "date '" + day + "'"));
    }
    assertThat(shop.rows("select 1 - ? limit ?", new SqlParameter(DataType.BIGINT, "-2"), new SqlParameter(DataType.BIGINT, "1")))
        .containsExactly("3");
    assertThat(shop.rows("select date_trunc(?, timestamp '2026-05-17 10:00:00')::date", text("month"))).containsExactly("2026-05-01");
    assertThat(shop.rows("select date_trunc(?, timestamp '2026-05-17 10:00:00')::date", text("year"))).containsExactly("2026-01-01");
    assertThat(shop.rows("select '\uE000' || ?", text("\uE0000\uE001"))).containsExactly("\uE000\uE0000\uE001");
  }

  @Test
  void aCountOfRowsIsAWholeNumber() {
    for (SqlParameter count : List.of(new SqlParameter(DataType.BIGINT, "-1"), new SqlParameter(DataType.DOUBLE, "1.5"),
        text("1 offset 3"))) {
      assertThatThrownBy(() -> shop.rows("select 1 limit ?", count)).hasMessageContaining("cannot be a number of rows");
    }
  }

  @Test
  void spacesAndCommentsAreNotTheStatement() {
    PreparedSql once = shop.prepare("select sum(revenue) from orders where order__status = ?");
    PreparedSql again = shop.prepare("select  sum(revenue)\n  from orders -- now\n where order__status = ?");
    assertThat(again).isEqualTo(once);
  }

  private static SqlParameter text(String value) {
    return new SqlParameter(DataType.STRING, value);
  }
}
