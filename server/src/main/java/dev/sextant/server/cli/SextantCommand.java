// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.boot.Carriers;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.ops.LogAdvice;
import dev.sextant.server.ops.QuestionLog;
import dev.sextant.server.ops.RollupProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sextant} command. */
@Command(name = "sextant", version = "sextant 0.1.0-SNAPSHOT", mixinStandardHelpOptions = true, sortOptions = false,
    description = "A semantic layer and metrics query server.", synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:everything went well", "1:the query or run failed",
        "2:the command line is wrong", "3:the project is invalid"},
    subcommands = {ServeCommand.class, QueryCommand.class, SqlCommand.class, ExplainCommand.class, ValidateCommand.class, ListCommand.class,
        RunCommand.class, RunsCommand.class, FeaturesCommand.class, FeaturesCommand.TrainingCommand.class, RunsCommand.EraseCommand.class,
        DemoCommand.class, WarmUpCommand.class})
public final class SextantCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  public static void main(String[] arguments) {
    Carriers.ensure();
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all its subcommands; failures become messages and exit codes. */
  static CommandLine commandLine() {
    return new CommandLine(new SextantCommand()).setExecutionExceptionHandler(new CommandFailures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setUsageHelpLongOptionsMaxWidth(28);
  }

  @Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
      description = "Asks random questions with and without rollups and compares the answers.")
  int verify(@Mixin ProjectArgument project,
      @Option(names = "--questions", paramLabel = "N", defaultValue = "100", description = "How many; 100 by default.") int questions,
      @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Another one asks others.") long seed) {
    try (OpenProject open = project.open()) {
      if (open.model().model().definitions().rollups().isEmpty()) {
        System.out.println("The project has no rollups.");
        return ExitCode.OK;
      }
      RollupProof.Report report = new RollupProof(open, seed).ask(questions);
      report.differences().forEach(System.out::println);
      System.out.println(report.asked() + " questions, " + report.fromRollups() + " answered from rollups, " + report.differences().size()
          + " differences");
      return report.differences().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  @Command(name = "advise", mixinStandardHelpOptions = true, sortOptions = false,
      description = "Proposes rollups for the questions of a query log, as YAML to paste, with what each would save.")
  int advise(@Mixin ProjectArgument project,
      @Option(names = "--log", paramLabel = "FILE",
          description = "The query log; the one that server.query_log names by default.") @Nullable Path log,
      @Option(names = "--most", paramLabel = "N", defaultValue = "5", description = "How many rollups at most; 5 by default.") int most)
      throws IOException {
    try (OpenProject open = project.open()) {
      Optional<Path> file = Optional.ofNullable(log)
          .or(() -> QuestionLog.file(project.folder(), open.model().model().project().settings()));
      if (file.filter(Files::exists).isEmpty()) {
        throw new ParameterException(commandLine(), "There is no query log" + file.map(path -> " " + path).orElse("")
            + ". Set server.query_log in sextant.yml and serve for a while, or name one with --log.");
      }
      System.out.print(new LogAdvice(open).read(file.get(), most).yaml());
      return ExitCode.OK;
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command");
    }
  }
}
