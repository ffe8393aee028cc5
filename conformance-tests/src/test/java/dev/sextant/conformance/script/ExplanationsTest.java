// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is answered can be explained. */
class ExplanationsTest {
  private static final int FEWEST = 200;

  private final List<String> failures = new ArrayList<>();
  private int explained;

  @Test
  void everyQuestionOfTheScriptsThatHasAnAnswerHasAnExplanation() throws IOException {
    try (OpenProjects projects = new OpenProjects()) {
      for (Path file : ScriptFiles.find("conformance-tests/suites")) {
        String project = "";
        for (Script.Part part : ScriptParser.parse(ScriptFiles.name(file), Files.readString(file)).parts()) {
          switch (part) {
            case Script.Prose prose -> {}
            case Script.Use use -> project = use.project();
            case Script.Ask ask -> explain(file, ask, projects.named(project));
          }
        }
      }
    }
    assertThat(failures).isEmpty();
    assertThat(explained).isGreaterThan(FEWEST);
  }

  private void explain(Path file, Script.Ask ask, OpenProject project) {
    String text = String.join("\n", ask.text());
    boolean answered = ask.directives().stream().anyMatch(directive -> directive.kind() == Script.Kind.ROWS);
    if (!answered || !text.startsWith("query ")) {
      return;
    }
    try {
      assertThat(project.engine().explain(QueryText.parse(text), Caller.ANONYMOUS).stages()).as(text).isNotEmpty();
      explained++;
    } catch (SextantException failure) {
      failures.add(file.getFileName() + ":" + ask.line() + " " + text + ": " + failure.getMessage());
    }
  }
}
