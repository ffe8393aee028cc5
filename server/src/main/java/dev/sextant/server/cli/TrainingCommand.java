// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.activation.schedule.PublishedSets;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.server.boot.OpenProject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant training}: looks at exports of training sets again. */
@Command(name = "training", mixinStandardHelpOptions = true, sortOptions = false, synopsisSubcommandLabel = "COMMAND",
    description = "Looks at exports of training sets again.")
final class TrainingCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
      description = "Reads the files of an export and compares them with its manifest.")
  int verify(@Mixin ProjectArgument project, @Parameters(index = "1", paramLabel = "SET", description = "The training set.") String set,
      @Option(names = "--export", paramLabel = "ID", description = "The export's id; the newest by default.") @Nullable String id) {
    return look(project, set, Optional.ofNullable(id), PublishedSets::verify, "is as its manifest says");
  }

  @Command(name = "reproduce", mixinStandardHelpOptions = true, sortOptions = false,
      description = "Exports again and compares the rows, definitions and sources.")
  int reproduce(@Mixin ProjectArgument project, @Parameters(index = "1", paramLabel = "SET", description = "The training set.") String set,
      @Option(names = "--export", paramLabel = "ID", description = "The export's id; the newest by default.") @Nullable String id) {
    return look(project, set, Optional.ofNullable(id), PublishedSets::reproduce, "would be the same today");
  }

  private static int look(ProjectArgument project, String set, Optional<String> id,
      BiFunction<PublishedSets, Path, List<String>> differences, String good) {
    try (OpenProject open = project.open()) {
      PublishedSets sets = new PublishedSets(() -> open.model().model(),
          new DefaultFeatureEngine(() -> open.model().model(), open.warehouses()), InstantSource.system());
      Path export = sets.export(set, id);
      List<String> found = differences.apply(sets, export);
      found.forEach(System.out::println);
      if (found.isEmpty()) {
        System.out.println("Export " + export.getFileName() + " of training set '" + set + "' " + good + ".");
      }
      return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command");
    }
  }
}
