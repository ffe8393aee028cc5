// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import dev.sextant.model.Definitions;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.ModelLoader;
import java.nio.file.Path;
import java.util.List;

/** Loads a project and says what it holds, or everything that is wrong with it. */
public final class ValidateProject {

  private ValidateProject() {}

  /** {@code [FOLDER]}, by default {@code examples/retail}. */
  public static void main(String[] args) {
    lines(Path.of(args.length > 0 ? args[0] : "examples/retail")).forEach(System.out::println);
  }

  private static List<String> lines(Path folder) {
    return switch (ModelLoader.load(folder, System.getenv())) {
      case ModelResult.Valid valid -> List.of(summary(valid.model().definitions()));
      case ModelResult.Invalid invalid -> invalid.issues().stream().map(ValidateProject::line).toList();
    };
  }

  private static String summary(Definitions definitions) {
    return definitions.metrics().size() + " metrics over " + definitions.datasets().size() + " datasets in " + definitions.views().size()
        + " views";
  }

  private static String line(Issue issue) {
    return issue.position() + ": " + issue.message();
  }
}
