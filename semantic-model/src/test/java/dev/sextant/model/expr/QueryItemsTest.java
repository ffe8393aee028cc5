// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueryItemsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      TimeDimension('metric_time', 'day')             | metric_time__day
      Dimension('listing__capacity_latest')           | listing__capacity_latest
      Dimension('listing__ds').grain('month')         | listing__ds__month
      Dimension('ds', entity_path=['listing','user']) | listing__user__ds
      TimeDimension('metric_time', 'day').descending(True) | -metric_time__day
      TimeDimension('metric_time', date_part_name='year')  | metric_time__extract_year
      Entity('listing')                               | listing
      Metric('bookings').descending(True)             | -bookings
      -Metric('bookings')                             | -bookings
      {{ Metric('views') }}                           | views
      Metric_Time__Month                              | metric_time__month
      -bookings                                       | -bookings
      """)
  void itemsBecomePlainQueryNames(String item, String name) {
    assertThat(QueryItems.plainName(item, Position.NOWHERE)).isEqualTo(name);
  }

  @Test
  void faultsArePointedAt() {
    assertThatThrownBy(() -> QueryItems.plainName("Dimension('a').grian('day')", new Position("m.yml", 2, 5)))
        .isInstanceOfSatisfying(SextantException.class, e -> assertThat(e.issue())
            .hasToString("m.yml:2:20: expected grain, date_part or descending after the dot, but found 'grian'"));
  }
}
