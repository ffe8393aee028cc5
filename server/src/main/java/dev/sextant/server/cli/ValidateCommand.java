// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.activation.schedule.ActivationChecks;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.IssuePrinter;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.WarehouseCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sextant validate}: reports everything that is wrong with a project. */
@Command(name = "validate", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Reports everything that is wrong with a project, each with its file, line and a caret.")
final class ValidateCommand implements Callable<Integer> {

  /** How issues are printed. */
  enum Format {
    TEXT, JSON
  }

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Option(names = "--format", paramLabel = "FORMAT",
      description = "text (default) or json, an object a line.") private Format format = Format.TEXT;

  @Option(names = "--warehouse", description = "Also asks the warehouses whether tables and columns are there.") private boolean warehouse;

  @Override
  public Integer call() {
    return switch (ModelLoader.load(project.folder(), System.getenv())) {
      case ModelResult.Invalid invalid -> {
        print(invalid.issues(), "error");
        yield ExitCode.INVALID_PROJECT;
      }
      case ModelResult.Valid valid -> {
        print(valid.warnings(), "warning");
        List<Issue> missing = new ArrayList<>(ActivationChecks.issues(valid.model(), InstantSource.system()));
        List<Issue> unknown = WarehouseCheck.types(valid.model());
        missing.addAll(warehouse && unknown.isEmpty() ? missing() : unknown);
        print(missing, "error");
        if (missing.isEmpty() && format == Format.TEXT) {
          System.out.println("'" + valid.model().project().name() + "' is valid: " + valid.model().datasets().size() + " datasets, "
              + valid.model().metrics().size() + " metrics.");
        }
        yield missing.isEmpty() ? ExitCode.OK : ExitCode.INVALID_PROJECT;
      }
    };
  }

  private List<Issue> missing() {
    try (OpenProject open = project.open()) {
      return WarehouseCheck.issues(open.model().model(), open.warehouses());
    }
  }

  private void print(List<Issue> issues, String kind) {
    switch (format) {
      case JSON -> System.out.print(IssuePrinter.json(issues));
      case TEXT -> {
        if (!issues.isEmpty()) {
          System.out.print(new IssuePrinter(project.folder()).text(issues));
          System.out.println();
          System.out.println(issues.size() + " " + kind + (issues.size() == 1 ? "" : "s"));
        }
      }
    }
  }
}
