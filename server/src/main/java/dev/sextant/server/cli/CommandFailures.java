// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong in a command, without a stack trace, and chooses the exit code. */
final class CommandFailures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (!(failure instanceof SextantException known)) {
      err.println("sextant: something went wrong inside: " + failure + "; SEXTANT_JAVA_OPTS=-Dsextant.trace=true shows where");
      if (Boolean.getBoolean("sextant.trace")) {
        LoggerFactory.getLogger("dev.sextant.cli").error("failed", failure);
      }
      return ExitCode.FAILED;
    }
    known.issues().forEach(issue -> err.println(text(issue)));
    return known instanceof InvalidProject ? ExitCode.INVALID_PROJECT : ExitCode.FAILED;
  }

  static String text(Issue issue) {
    String code = issue.code().kind() == ErrorKind.BUG ? "INTERNAL" : issue.code().name();
    return code + ": " + issue;
  }
}
