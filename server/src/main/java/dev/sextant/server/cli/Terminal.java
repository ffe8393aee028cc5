// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What is known of the terminal that standard output goes to. */
final class Terminal {
  private static final int ANY = 0;

  private Terminal() {}

  /** The columns of the terminal, 0 where the output goes elsewhere and may have any width. */
  static int width() {
    String told = System.getenv().getOrDefault("COLUMNS", "");
    if (told.matches("\\d{1,4}")) {
      return Integer.parseInt(told);
    }
    return picocli.CommandLine.Help.Ansi.AUTO.enabled() ? asked() : ANY;
  }

  /** Asks stty, which knows on every Unix. */
  private static int asked() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
      boolean answered = stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0 && size.length == 2;
      return answered ? Integer.parseInt(size[1]) : ANY;
    } catch (IOException unknown) {
      return ANY;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ANY;
    }
  }
}
