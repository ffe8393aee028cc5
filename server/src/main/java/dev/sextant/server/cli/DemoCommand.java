// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sextant demo}. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
