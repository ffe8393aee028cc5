// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.door.OpenProjects;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

import static org.junit.jupiter.api.Assertions.fail;

/** Runs all scripts; {@code -Daccept=true} rewrites them, {@code -Dscripts=fan} runs those whose path holds a text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptsTest {
  private OpenProjects projects = new OpenProjects();

  @BeforeAll
  void open() {
    projects = new OpenProjects();
  }

  @AfterAll
  void close() {
    projects.close();
  }

  @TestFactory
  Stream<DynamicTest> everyScriptReproducesItself() {
    boolean accepting = Boolean.getBoolean("accept");
    ScriptFiles files = new ScriptFiles(new ScriptRunner(projects::named), accepting);
    OpenQuestions open = OpenQuestions.read(Path.of("open-questions.txt"));
    System.out.println(open.count() + " questions are open, see conformance-tests/open-questions.txt");
    return ScriptFiles.find(System.getProperty("scripts", ""))
        .stream()
        .map(file -> DynamicTest.dynamicTest(ScriptFiles.name(file), () -> {
          ScriptOutcome outcome = files.run(file);
          if (accepting) {
            open.close(outcome);
          }
          List<String> contradictions = open.contradictions(outcome);
          if (!contradictions.isEmpty()) {
            fail(String.join("\n", contradictions) + "\n" + outcome.report());
          }
        }));
  }
}
