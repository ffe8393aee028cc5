// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.conformance.script.Script;
import dev.sextant.conformance.script.ScriptFiles;
import dev.sextant.conformance.script.ScriptParser;
import dev.sextant.query.MetricQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two oracles that know nothing of each other: the reference evaluator and the SQL people wrote into the scripts. */
class ReferenceEngineTest {
  private static final int FEWEST = 150;

  private final List<String> disagreements = new ArrayList<>();
  private int agreed;

  @Test
  void agreesWithEveryHandWrittenCheckItKnowsHowToAnswer() throws IOException {
    try (OpenProjects projects = new OpenProjects()) {
      for (Path file : ScriptFiles.find("conformance-tests/suites")) {
        compare(ScriptParser.parse(ScriptFiles.name(file), Files.readString(file)), projects);
      }
    }
    System.out.println("The reference evaluator agrees with " + agreed + " hand-written checks.");
    assertThat(disagreements).isEmpty();
    assertThat(agreed).isGreaterThanOrEqualTo(FEWEST);
  }

  private void compare(Script script, OpenProjects projects) {
    String project = "";
    for (Script.Part part : script.parts()) {
      switch (part) {
        case Script.Prose prose -> {}
        case Script.Use use -> project = use.project();
        case Script.Ask ask -> compare(script.name(), ask, projects.named(project));
      }
    }
  }

  private void compare(String script, Script.Ask ask, OpenProject project) {
    for (Script.Directive directive : ask.directives()) {
      String text = String.join("\n", ask.text());
      if (directive.kind() == Script.Kind.CHECK && text.startsWith("query ")) {
        MetricQuery query = QueryText.parse(text);
        if (query.limit().isEmpty() && query.offset().isEmpty()) {
          compare(script + ":" + ask.line() + " " + text, query, String.join("\n", directive.body()), project);
        }
      }
    }
  }

  private void compare(String place, MetricQuery query, String check, OpenProject project) {
    try {
      Table answer = new ReferenceEngine(project.model(), new TableRows(project::run)).answer(query);
      new TableDifference(1e-9, false).between(project.run(check), answer)
          .ifPresentOrElse(difference -> disagreements.add(place + "\n  " + difference), () -> agreed++);
    } catch (UnknownToTheOracle unknown) {
      System.out.println(place.lines().findFirst().orElse("") + ": " + unknown.getMessage());
    }
  }
}
