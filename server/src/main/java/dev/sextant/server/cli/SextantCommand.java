// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sextant} command. */
@Command(name = "sextant", version = "sextant 0.1.0-SNAPSHOT", mixinStandardHelpOptions = true,
    description = "A semantic layer and metrics query server.")
public final class SextantCommand implements Runnable {

  private SextantCommand() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SextantCommand()).execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
