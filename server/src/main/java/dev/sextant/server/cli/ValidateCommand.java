// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sextant validate}. */
@Command(name = "validate")
final class ValidateCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
