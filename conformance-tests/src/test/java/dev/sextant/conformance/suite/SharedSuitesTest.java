// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import dev.sextant.conformance.door.OpenProjects;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs the suites beside this repository through the engine and over HTTP; how many must pass stands in a file and only goes up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedSuitesTest {
  private static final Path REQUIRED = Path.of("suites-required.properties");

  private final OpenProjects projects = new OpenProjects();

  @AfterAll
  void close() {
    projects.close();
  }

  @TestFactory
  Stream<DynamicTest> asManyCasesPassAsEver() {
    Optional<Suites> suites = Suites.find();
    if (suites.isEmpty()) {
      System.out.println("No suites are run: there is no folder ../shared/suites beside this repository, and -Dsextant.suites names none.");
    }
    assumeTrue(suites.isPresent(), "no suites beside this repository");
    RequiredCounts required = RequiredCounts.read(REQUIRED);
    SuiteRunner runner = new SuiteRunner(suites.orElseThrow(), projects);
    return Stream.of("metricflow/cases.jsonl", "metricflow/generated.jsonl", "bi-sql/queries.jsonl")
        .flatMap(file -> Stream.of("engine", "http").map(door -> DynamicTest.dynamicTest(file + " by " + door, () -> {
          SuiteReport report = runner.run(file, door);
          System.out.print(report.text());
          String key = file.replace(".jsonl", "") + "." + door;
          if (Boolean.getBoolean("accept")) {
            required.raise(key, report.passed());
          }
          assertThat(report.passed()).as("cases that pass of %s by %s", file, door).isGreaterThanOrEqualTo(required.of(key));
        })));
  }
}
