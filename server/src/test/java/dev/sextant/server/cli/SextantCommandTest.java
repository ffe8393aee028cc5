// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.testing.SmallProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class SextantCommandTest {

  @TempDir private Path folder;

  private String out = "";
  private String err = "";

  @BeforeEach
  void write() throws IOException {
    SmallProject.write(folder);
  }

  /** Runs a command; {@code PROJECT} stands for the small project's folder. */
  private int run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter errors = new StringWriter();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      CommandLine command = SextantCommand.commandLine()
          .setErr(new PrintWriter(errors))
          .setOut(new PrintWriter(bytes, true, StandardCharsets.UTF_8));
      return command
          .execute(Arrays.stream(arguments).map(each -> each.equals("PROJECT") ? folder.toString() : each).toArray(String[]::new));
    } finally {
      System.setOut(before);
      out = bytes.toString(StandardCharsets.UTF_8);
      err = errors.toString();
    }
  }

  @Test
  void aQueryPrintsATable() {
    assertThat(
        run("query", "PROJECT", "--metrics", "revenue,average_order_value", "--group-by", "order__country,metric_time__month", "--order-by",
            "order__country,metric_time__month")).isZero();
    assertThat(out.replaceAll("\\d+ ms|\\d\\.\\d s", "T")).isEqualTo("""
        order__country  metric_time__month  revenue  average_order_value
        ──────────────  ──────────────────  ───────  ───────────────────
        DE              2026-01-01            30.50                15.25
        DE              2026-02-01             1.00                  1.0
        FR              2026-02-01             5.00                  5.0
        FR              2026-03-01           100.00                100.0
        ∅               2026-02-01             7.25                 7.25
        5 rows, T
        """);
  }

  @Test
  void otherFormatsArePlainAnswers() {
    String[] query = {"query", "PROJECT", "--metrics", "orders", "--where", "order__country = 'DE'", "--time-range",
        "2026-01-01..2026-01-31",
        "--format", ""};
    query[query.length - 1] = "csv";
    assertThat(run(query)).isZero();
    assertThat(out).isEqualTo("orders\n2\n");
    query[query.length - 1] = "ndjson";
    assertThat(run(query)).isZero();
    assertThat(out).isEqualTo("{\"orders\":2}\n");
    query[query.length - 1] = "json";
    assertThat(run(query)).isZero();
    assertThat(out).startsWith("{\"columns\":[{\"name\":\"orders\"").contains("[2]").endsWith("}}\n");
    query[query.length - 1] = "arrow";
    assertThat(run(query)).isZero();
    assertThat(out).contains("orders");
  }

  @Test
  void aQuestionThatCannotBeAnsweredIsExitCodeOne() {
    assertThat(run("query", "PROJECT", "--metrics", "revenu")).isEqualTo(1);
    assertThat(err).startsWith("UNKNOWN_METRIC: ").contains("Did you mean 'revenue'?").doesNotContain("at dev.sextant");
    assertThat(out).isEmpty();
  }

  @Test
  void aWrongCommandLineIsExitCodeTwo() {
    assertThat(run("query", "PROJECT", "--metrix", "revenue")).isEqualTo(2);
    assertThat(run("query", "PROJECT", "--time-range", "2026")).isEqualTo(2);
    assertThat(err).contains("2026-01-01..2026-06-30");
    assertThat(run("query", "PROJECT", "--timeout", "soon")).isEqualTo(2);
    assertThat(run("query")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(run("quer", "PROJECT")).isEqualTo(2);
    assertThat(run("--help")).isZero();
  }

  @Test
  void anInvalidProjectIsExitCodeThreeWithACaret() throws IOException {
    SmallProject.breakIt(folder);
    for (String command : new String[] {"query", "explain", "serve"}) {
      assertThat(run(command, "PROJECT")).as(command).isEqualTo(3);
      assertThat(err).contains("models/orders.yml:").contains("Did you mean 'revenue'?").contains("^");
    }
    assertThat(run("query", folder.resolve("nowhere").toString())).isEqualTo(3);
  }

  @Test
  void validationTellsIssuesAsTextOrJson() throws IOException {
    assertThat(run("validate", "PROJECT", "--warehouse")).isZero();
    assertThat(out).isEqualTo("'small' is valid: 1 datasets, 3 metrics.\n");
    SmallProject.breakIt(folder);
    assertThat(run("validate", "PROJECT")).isEqualTo(3);
    assertThat(out).contains("^").endsWith("1 error\n");
    assertThat(run("validate", "PROJECT", "--format", "json")).isEqualTo(3);
    assertThat(out).startsWith("{\"code\":").contains("\"file\":\"models/orders.yml\"").endsWith("}\n");
  }

  @Test
  void validationAgainstTheWarehouseFindsMissingTablesAndColumns() throws IOException {
    Path model = folder.resolve("models/orders.yml");
    Files.writeString(model, Files.readString(model).replace("expr: amount", "expr: amout"));
    assertThat(run("validate", "PROJECT")).isZero();
    assertThat(run("validate", "PROJECT", "--warehouse")).isEqualTo(3);
    assertThat(out).contains("has no column 'amout'. Did you mean 'amount'?").contains("models/orders.yml:");
    Files.writeString(model, Files.readString(model).replace("table: orders", "table: oders"));
    assertThat(run("validate", "PROJECT", "--warehouse")).isEqualTo(3);
    assertThat(out).contains("oders");
  }

  @Test
  void listsShowWhatCanBeAsked() {
    assertThat(run("list", "PROJECT", "metrics")).isZero();
    assertThat(out).contains("revenue").contains("Money in").endsWith("3 rows\n");
    assertThat(run("list", "PROJECT", "dimensions", "--metrics", "revenue")).isZero();
    assertThat(out).contains("order__country").contains("metric_time");
    for (String kind : new String[] {"entities", "views", "saved_queries"}) {
      assertThat(run("list", "PROJECT", kind)).isZero();
      assertThat(out).contains("─");
    }
    assertThat(run("list", "PROJECT", "numbers")).isEqualTo(2);
  }

  @Test
  void sqlIsAQuestionToo() {
    assertThat(run("sql", "PROJECT",
        "select order__country, measure(revenue) as revenue from sales where order__country is null group by 1", "--format",
        "csv")).isZero();
    assertThat(out).isEqualTo("order__country,revenue\n,7.25\n");
    assertThat(run("sql", "PROJECT", "selec")).isEqualTo(1);
    assertThat(err).startsWith("INVALID_SQL: ");
  }

  @Test
  void warmingUpDoesWhatCommandsAndServersDo() {
    assertThat(
        run("warm-up", "PROJECT", "--metrics", "revenue", "--group-by", "order__country", "--sql", "select measure(revenue) from sales"))
            .isZero();
    assertThat(out).isEmpty();
    assertThat(run("--help")).isZero();
    assertThat(out).doesNotContain("warm-up");
  }

  @Test
  void explanationsShowTheSql() {
    assertThat(run("explain", "PROJECT", "--metrics", "revenue", "--group-by", "order__country")).isZero();
    assertThat(out).contains("-- plan").containsIgnoringCase("select");
  }
}
