// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The small mains run and print what they promise. */
class MainsTest {

  @Test
  void a_valid_project_is_summed_up() {
    assertThat(printed(() -> ValidateProject.main(new String[] {"retail"}))).matches("\\d+ metrics over 18 datasets in 5 views\\R");
  }

  @Test
  void what_is_no_project_is_said_to_be_none() {
    assertThat(printed(() -> ValidateProject.main(new String[] {"nowhere"}))).contains("nowhere");
  }

  @Test
  void the_catalog_shows_a_metric_with_its_owner() {
    assertThat(printed(() -> MetricCatalog.main(new String[] {"retail"})))
        .contains(
            "| revenue | sum | EUR | Net value of ordered lines after discounts, before refunds and without shipping. | sales-analytics |")
        .contains("| average_order_value | revenue / orders |");
  }

  private static String printed(Runnable main) {
    PrintStream out = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
    try {
      main.run();
    } finally {
      System.setOut(out);
    }
    return caught.toString(StandardCharsets.UTF_8);
  }
}
