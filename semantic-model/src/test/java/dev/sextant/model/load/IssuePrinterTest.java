// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class IssuePrinterTest {

  @TempDir private Path folder = Path.of("");

  private List<Issue> issues(TestProject project) {
    project.write(folder);
    return ((ModelResult.Invalid) ModelLoader.load(folder, Map.of())).issues();
  }

  @Test
  void peopleSeeTheLineAndACaret() {
    List<Issue> issues = issues(TestProject.of("""
        metrics:
          - name: revenue
            type: simple
            type_params: {measure: revenu}
          - {name: x, typ: simple}
        """));
    assertThat(new IssuePrinter(folder).text(issues)).isEqualTo("""
        models/m.yml:4:28: measure 'revenu' is not defined.
          4 |     type_params: {measure: revenu}
            |                            ^

        models/m.yml:5:12: metric 'x' needs the key 'type'
          5 |   - {name: x, typ: simple}
            |            ^

        models/m.yml:5:15: the key 'typ' is not known in a metric. Did you mean 'type'?
          5 |   - {name: x, typ: simple}
            |               ^
        """);
  }

  @Test
  void toolsReadOneJsonObjectALine() {
    List<Issue> issues = List
        .of(new Issue(ModelIssue.UNKNOWN_METRIC, "metric \"x\"\tis\nnot defined", new Position("a.yml", 3, 4), List.of("y", "z")));
    assertThat(IssuePrinter.json(issues)).isEqualTo(
        "{\"code\":\"UNKNOWN_METRIC\",\"message\":\"metric \\\"x\\\"\\tis\\nnot defined\",\"file\":\"a.yml\",\"line\":3,\"column\":4,"
            + "\"suggestions\":[\"y\",\"z\"]}\n");
  }

  @Test
  void secretsOnThePrintedLineAreHidden() {
    List<Issue> issues = issues(TestProject.of("version: 2").file("sextant.yml", """
        warehouses:
          main: {password: "hunter2", type: [x], api_key: abc}
        """));
    assertThat(new IssuePrinter(folder).text(issues)).isEqualTo("""
        sextant.yml:2:37: expected a text but found a list
          2 |   main: {password: *********, type: [x], api_key: ***}
            |                                     ^
        """);
  }

  @Test
  void longLinesAreCutAroundThePlace() {
    String query = "a".repeat(500) + " = = " + "b".repeat(500);
    String printed = IssuePrinter.text(Issue.of(ModelIssue.INVALID_EXPRESSION, new Position("", 1, 504), "unexpected '='"), query);
    assertThat(printed.lines().toList().get(1)).hasSizeLessThan(140).contains("a = = b");
    int caret = printed.lines().toList().get(2).indexOf('^');
    assertThat(printed.lines().toList().get(1).charAt(caret)).isEqualTo('=');
  }

  @Test
  void filesThatAreGoneAreNoTrouble() {
    assertThat(new IssuePrinter(folder).text(List.of(Issue.of(ModelIssue.UNKNOWN_METRIC, new Position("gone.yml", 1, 1), "no"))))
        .isEqualTo("gone.yml:1:1: no\n");
  }
}
