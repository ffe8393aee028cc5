// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.testing.SmallProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Projects and warehouses that are broken, on the command line: the exit code, and words that tell where and how to go on. */
class BadProjectsTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    SmallProject.write(folder);
  }

  private void told(int code, String phrase, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    PrintStream said = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(said);
    try {
      PrintWriter writer = new PrintWriter(said, true, StandardCharsets.UTF_8);
      assertThat(SextantCommand.commandLine().setErr(writer).setOut(writer).execute(arguments)).isEqualTo(code);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains(phrase).doesNotContain("Exception", "at dev.sextant", "secret");
  }

  private void edit(String file, UnaryOperator<String> change) throws IOException {
    Files.writeString(folder.resolve(file), change.apply(Files.readString(folder.resolve(file))));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      metrics: [{name: x                     | t.yml:1:19    | this is not YAML
      metrics: [{nam: x}]                    | t.yml:1:12    | Did you mean 'name'?
      metrics: &a [*a]                       | t.yml:1:14    | names no anchor before it
      hello                                  | t.yml:1:1     | expected a definition file
      `!!java.net.URL [x]`                   | t.yml:1:1     | is not supported
      metrics: [{name: a, type: derived, type_params: {expr: a, metrics: [a]}}] | t.yml:1:18 | is made of itself
      metrics: [{name: a, type: simple, type_params: {measure: revenue}, filter: "order__country = "}] | t.yml:1:93 | ends here
      metrics: [{name: a, type: simple, type_params: {measure: revenue}, filter: "order__country__month = 'x'"}] | t.yml:1:77 | what is no time dimension
      metrics: [{name: a, type: cumulative, type_params: {measure: revenue, cumulative_type_params: {window: 999999999 years}}}] | t.yml:1:104 | at most 10000 years
      """)
  void brokenDefinitionsAreToldWithTheirPlace(String text, String place, String phrase) throws IOException {
    Files.writeString(folder.resolve("models/t.yml"), text);
    told(3, phrase, "validate", folder.toString());
    told(3, "models/" + place + ":", "query", folder.toString(), "--metrics", "revenue");
  }

  @Test
  void aBillionLaughsAndTooMuchTextAreRefused() throws IOException {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
    }
    Files.writeString(folder.resolve("models/t.yml"), laughs);
    told(3, "nodes once its aliases are expanded", "validate", folder.toString());
    Files.writeString(folder.resolve("models/t.yml"), "metrics:\n  - &m {name: x}\n" + "  - *m\n".repeat((10 << 20) / 7));
    told(3, "Split it into several files", "validate", folder.toString());
    Files.writeString(folder.resolve("models/t.yml"), "metrics: " + "[".repeat(100_000));
    told(3, "nest more than 100 levels deep", "validate", folder.toString());
    Files.write(folder.resolve("models/t.yml"), "metrics: [é]".getBytes(StandardCharsets.ISO_8859_1));
    told(3, "Save it in UTF-8", "validate", folder.toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      type: duckdb            | type: dukdb                                  | Did you mean 'duckdb'?
      create table            | creat table                                  | init of warehouse 'main'
      `path: ":memory:"`      | `path: "/nowhere/at/all.duckdb"`             | warehouse 'main' cannot be opened
      `path: ":memory:"`      | `pth: ":memory:"`                            | Did you mean 'path'?
      t(order_id, ordered_at, country, amount) | where false                 | column
      """)
  void warehousesThatDoNotOpenAreTold(String before, String after, String phrase) throws IOException {
    edit("sextant.yml", text -> text.replace(before, after));
    told(1, phrase, "query", folder.toString(), "--metrics", "revenue");
    told(3, phrase, "validate", folder.toString(), "--warehouse");
  }

  @Test
  void anUnknownTypeOfWarehouseIsToldOnceWhetherOrNotWarehousesAreOpened() throws IOException {
    edit("sextant.yml", text -> text.replace("type: duckdb", "type: dukdb"));
    told(3, "Did you mean 'duckdb'?", "validate", folder.toString());
    told(3, "\n1 error", "validate", folder.toString());
    told(3, "\n1 error", "validate", folder.toString(), "--warehouse");
  }

  @Test
  void anUnreachableWarehouseIsToldOnceAndWithoutItsPassword() throws IOException {
    Files.writeString(folder.resolve("sextant.yml"), """
        name: small
        warehouses:
          main: {type: postgres, url: "jdbc:postgresql://localhost:1/x", user: me, password: "secret"}
        """);
    edit("models/orders.yml",
        text -> text + "\n---\nsemantic_models:\n  - name: more\n    table: more\n    entities: [{name: more, type: primary}]\n");
    told(1, "WAREHOUSE_UNREACHABLE: warehouse 'main' at localhost:1 cannot be reached", "query", folder.toString(), "--metrics", "revenue");
    told(3, "\n1 error", "validate", folder.toString(), "--warehouse");
  }

  /** The warehouse gives 900,000 rows and then fails. */
  @ParameterizedTest
  @ValueSource(strings = {"table", "csv", "json", "ndjson", "arrow"})
  void anAnswerThatFailsMidwayIsAFailure(String format) throws IOException {
    edit("sextant.yml", text -> text + """
              - >-
                create view big as select i as big_id, case when i = 900000 then error('broken at ' || i) else i end as size from range(1000000) t(i)
        """);
    Files.writeString(folder.resolve("models/big.yml"), """
        semantic_models:
          - name: big
            table: big
            entities: [{name: big, type: primary, expr: big_id}]
            dimensions: [{name: size, type: categorical}]
            measures: [{name: big_rows, agg: count, expr: big_id, create_metric: true}]
        """);
    told(1, "broken at 900000", "sql", folder.toString(), "select big__size from big", "--format", format);
  }

  @Test
  void missingTablesColumnsAndFoldersAreTold() throws IOException {
    edit("models/orders.yml", text -> text.replace("expr: amount", "expr: amout"));
    told(1, "which orders does not have. Did you mean 'amount'?", "query", folder.toString(), "--metrics", "revenue");
    edit("models/orders.yml", text -> text.replace("table: orders", "table: oders"));
    told(1, "Did you mean 'orders'?", "explain", folder.toString(), "--metrics", "revenue");
    told(3, "this folder is no project", "serve", folder.resolve("models").toString());
    told(3, "nowhere", "serve", folder.resolve("nowhere").toString());
  }
}
