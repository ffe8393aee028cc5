// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.boot.Carriers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sextant} command. */
@Command(name = "sextant", version = "sextant 0.1.0-SNAPSHOT", mixinStandardHelpOptions = true, sortOptions = false,
    description = "A semantic layer and metrics query server.", synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:everything went well", "1:the query or run failed",
        "2:the command line is wrong", "3:the project is invalid"},
    subcommands = {ServeCommand.class, QueryCommand.class, SqlCommand.class, ExplainCommand.class, ValidateCommand.class, ListCommand.class,
        RunCommand.class, RunsCommand.class, DemoCommand.class, WarmUpCommand.class})
public final class SextantCommand implements Runnable {

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

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

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command");
    }
  }
}
