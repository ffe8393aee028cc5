// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import static org.junit.jupiter.api.Assertions.fail;

import dev.sextant.conformance.door.OpenProjects;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

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
    ScriptFiles files = new ScriptFiles(new ScriptRunner(projects::named), Boolean.getBoolean("accept"));
    return ScriptFiles.find(System.getProperty("scripts", "")).stream().map(file -> DynamicTest.dynamicTest(name(file), () -> run(files, file)));
  }

  private static String name(Path file) {
    return Path.of("..").relativize(file).toString();
  }

  private static void run(ScriptFiles files, Path file) {
    ScriptOutcome outcome = files.run(file);
    if (!outcome.passes()) {
      fail("\n" + outcome.report());
    }
  }
}
