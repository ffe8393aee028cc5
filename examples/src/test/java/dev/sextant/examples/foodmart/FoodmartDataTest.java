// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.foodmart;

import dev.sextant.examples.DataFolder;
import dev.sextant.examples.WrittenQuestion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** FoodMart arrives whole. */
class FoodmartDataTest {
  private static List<String> tables = List.of();
  private static DataFolder foodmart;

  @BeforeAll
  static void fetch(@TempDir Path folder) throws Exception {
    tables = FoodmartData.write(folder);
    foodmart = DataFolder.in(folder);
  }

  @AfterAll
  static void close() throws Exception {
    foodmart.close();
  }

  @Test
  void all_tables_but_the_ready_made_aggregates_are_there() {
    assertThat(tables).hasSize(26)
        .contains("sales_fact_1997", "inventory_fact_1998", "customer", "time_by_day")
        .noneMatch(table -> table.startsWith("agg_"));
  }

  @Test
  void the_totals_of_1997_are_the_ones_everybody_knows() throws Exception {
    assertThat(
        foodmart.text("select sum(unit_sales) || ' ' || sum(store_sales) || ' ' || count(distinct customer_id) from sales_fact_1997"))
            .isEqualTo("266773.0000 565238.1300 5581");
  }

  @Test
  void values_keep_their_types() throws Exception {
    assertThat(foodmart.text("select typeof(birthdate) || ' ' || birthdate from customer where customer_id = 1"))
        .isEqualTo("DATE 1961-08-26");
    assertThat(foodmart.text("select typeof(coffee_bar) || ' ' || (last_remodel_date is null) from store where store_id = 0"))
        .isEqualTo("BOOLEAN true");
    assertThat(foodmart.text("select typeof(store_sales) from sales_fact_1997 limit 1")).isEqualTo("DECIMAL(10,4)");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void every_question_has_a_hand_written_answer_with_rows(WrittenQuestion question) throws Exception {
    assertThat(foodmart.number("select count(*) from (" + question.oracle() + ")")).isPositive();
  }

  static List<WrittenQuestion> questions() throws Exception {
    return WrittenQuestion.in(Path.of("foodmart/questions"));
  }
}
