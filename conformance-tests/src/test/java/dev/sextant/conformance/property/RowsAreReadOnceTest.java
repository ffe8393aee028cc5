// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions whose parts merge read the rows of a fact once; the scripts show that their answers are right. */
class RowsAreReadOnceTest {
  private static final Pattern READ = Pattern.compile("(FROM|JOIN) \"(orders|order_items)\"");

  private final OpenProjects projects = new OpenProjects();
  private OpenProject shop;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException, SQLException {
    shop = projects.in(SmallShop.in(folder));
  }

  @AfterEach
  void close() {
    projects.close();
  }

  private long reads(String question) {
    Explanation explanation = shop.engine().explain(QueryText.parse(question), Caller.ANONYMOUS);
    String sql = explanation.stages().getLast().text();
    return READ.matcher(sql).results().count();
  }

  @Test
  void totalsAreMadeOfTheGroupsWhereTheseMerge() {
    assertThat(reads("query revenue, units by product__category, metric_time__year totals *")).isOne();
    assertThat(reads("query products_sold by product__category, metric_time__year totals *")).isEqualTo(3);
  }

  @Test
  void othersAreMadeOfTheGroupsWhereTheseMerge() {
    assertThat(reads("query revenue by product__category, metric_time__year top 2 product__category by units")).isOne();
    assertThat(reads("query revenue by product__category top 2 product__category totals *")).isOne();
    assertThat(reads("query products_sold by product__category top 2 product__category")).isEqualTo(2);
  }

  @Test
  void earlierPeriodsAreThoseOfTheSameGroups() {
    assertThat(reads("query revenue by product__category, metric_time__month compare 1 year")).isOne();
    assertThat(reads("query revenue, revenue_last_month by metric_time__month from 2024-01-01 to 2024-06-30")).isOne();
    assertThat(reads("query revenue_growth_year, revenue_growth_month by metric_time__month")).isOne();
    assertThat(reads("query revenue, revenue_last_month by metric_time__year")).isEqualTo(2);
  }
}
