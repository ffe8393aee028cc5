// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.query.MetricQuery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueryTextTest {

  @Test
  void readsEveryClause() {
    MetricQuery query = QueryText.parse(
        """
        query revenue as turnover, orders by customer__country, metric_time__month
        where customer__country <> 'by, where' where order__status in ('a', 'b') having turnover > 10
        order by turnover desc, customer__country limit 3 offset 4 from 2026-01-01 00:00:00 to 2026-02-01 zone Europe/Berlin fill compare 1 year""");
    assertThat(query.metrics()).containsExactly(new MetricQuery.Item("revenue", Optional.of("turnover")), MetricQuery.Item.of("orders"));
    assertThat(query.groupBy()).extracting(MetricQuery.Item::name).containsExactly("customer__country", "metric_time__month");
    assertThat(query.where()).containsExactly("customer__country <> 'by, where'", "order__status in ('a', 'b')");
    assertThat(query.having()).containsExactly("turnover > 10");
    assertThat(query.orderBy()).containsExactly("-turnover", "customer__country");
    assertThat(query.limit()).isEqualTo(OptionalLong.of(3));
    assertThat(query.offset()).isEqualTo(OptionalLong.of(4));
    assertThat(query.timeRange()).contains(new MetricQuery.TimeRange("2026-01-01 00:00:00", "2026-02-01"));
    assertThat(query.timeZone()).contains("Europe/Berlin");
    assertThat(query.extras()).isEqualTo(new MetricQuery.Extras(true, Optional.of("1 year"), List.of()));
  }

  @Test
  void leavesKeywordsInsideParenthesesAndConditionsAlone() {
    MetricQuery query = QueryText
        .parse("query a where extract(year from b) = 1 and c is distinct from 2 where {{ Dimension('x__y') }} = 'limit 3'");
    assertThat(query.where()).containsExactly("extract(year from b) = 1 and c is distinct from 2", "{{ Dimension('x__y') }} = 'limit 3'");
    assertThat(query.limit()).isEmpty();
    assertThat(query.timeRange()).isEmpty();
  }

  @Test
  void readsAQueryWithoutMetrics() {
    MetricQuery query = QueryText.parse("query by customer__country min max");
    assertThat(query.metrics()).isEmpty();
    assertThat(query.groupBy()).extracting(MetricQuery.Item::name).containsExactly("customer__country");
    assertThat(query.mode()).isEqualTo(MetricQuery.Mode.MIN_MAX);
  }
}
