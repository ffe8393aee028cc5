// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.SextantException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints what went wrong in a command and chooses the exit code. Where it went wrong is only told on demand. */
final class CommandFailures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    int code = ExitCode.FAILED;
    switch (failure) {
      case InvalidProject invalid -> {
        err.println(invalid.text());
        code = ExitCode.INVALID_PROJECT;
      }
      case SextantException known -> known.issues().forEach(issue -> err.println(issue.code().name() + ": " + issue));
      default -> err.println("INTERNAL: " + failure + " (SEXTANT_JAVA_OPTS=-Dsextant.trace=true tells where)");
    }
    if (Boolean.getBoolean("sextant.trace")) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code;
  }
}
