// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.ModelLoader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ProjectsAreValidTest {

  @TestFactory
  Stream<DynamicTest> everyProjectLoadsWithoutAnIssue() {
    return ProjectFolders.names().stream().map(name -> DynamicTest.dynamicTest(name, () -> assertThat(issues(name)).isEmpty()));
  }

  private static List<String> issues(String name) {
    return switch (ModelLoader.load(ProjectFolders.find(name), Map.of())) {
      case ModelResult.Valid valid -> valid.warnings().stream().map(Issue::toString).toList();
      case ModelResult.Invalid invalid -> invalid.issues().stream().map(Issue::toString).toList();
    };
  }
}
