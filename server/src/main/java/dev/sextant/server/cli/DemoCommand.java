// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.server.boot.OpenProject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sextant demo}: shows on a web shop what can be asked, each question with the command that asks it. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Asks a web shop a few questions and shows the commands behind them.")
final class DemoCommand implements Callable<Integer> {
  private static final String PROJECT = "examples/retail";

  @Parameters(index = "0", arity = "0..1", paramLabel = "PROJECT",
      description = "The folder of the web shop; found by itself in a checkout.") private Optional<Path> chosen = Optional.empty();

  @Override
  public Integer call() throws IOException, SQLException {
    PrintStream out = System.out;
    Path project = chosen.or(DemoCommand::find)
        .orElseThrow(() -> new CommandLine.ParameterException(new CommandLine(this),
            "There is no " + PROJECT + " here; run this in a checkout of Sextant or name the folder."));
    if (!DemoData.isThere(project)) {
      out.println("Making the data of a web shop, three years of it ...");
      DemoData.make(project);
    }
    int failed = 0;
    try (OpenProject open = ProjectArgument.open(project)) {
      for (int i = 0; i < DemoQuestion.ALL.size(); i++) {
        failed += asked(i + 1, DemoQuestion.ALL.get(i), open, out) ? 0 : 1;
      }
    }
    out.print(DemoQuestion.WHAT_NEXT);
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Asks, and says whether there was an answer. */
  private static boolean asked(int number, DemoQuestion question, OpenProject open, PrintStream out) throws IOException {
    try {
      ask(number, question, open, out);
      return true;
    } catch (SextantException failed) {
      failed.issues().forEach(issue -> out.println(issue.code().name() + ": " + issue));
      return false;
    }
  }

  private static void ask(int number, DemoQuestion question, OpenProject open, PrintStream out) throws IOException {
    out.println();
    out.println(CommandLine.Help.Ansi.AUTO.string("@|bold " + number + ". " + question.words() + "|@"));
    out.println(
        CommandLine.Help.Ansi.AUTO.string("@|faint $ ./sextant " + question.command() + " " + PROJECT + " " + question.written() + "|@"));
    out.println();
    QueryOptions options = new QueryOptions();
    new CommandLine(options).parseArgs(question.options().toArray(new String[0]));
    if (question.command().equals("explain")) {
      out.print(open.engine().explain(options.query(), Caller.ANONYMOUS));
      return;
    }
    try (OutputStream unclosed = new UnclosedOutput(out)) {
      new Questioner(open, unclosed).ask(options.query(), OutputFormat.TABLE, Optional.empty());
    }
  }

  /** Looks for the web shop below the current folder, and below those above this program. */
  private static Optional<Path> find() {
    List<Path> starts = List.of(Path.of("").toAbsolutePath(), program());
    for (Path start : starts) {
      for (Path folder = start; folder != null; folder = folder.getParent()) {
        if (Files.isRegularFile(folder.resolve(PROJECT).resolve("sextant.yml"))) {
          return Optional.of(folder.resolve(PROJECT));
        }
      }
    }
    return Optional.empty();
  }

  private static Path program() {
    try {
      return Path.of(DemoCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException impossible) {
      return Path.of("").toAbsolutePath();
    }
  }
}
