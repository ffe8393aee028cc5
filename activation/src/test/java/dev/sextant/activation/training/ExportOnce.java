// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import java.nio.file.Path;
import java.util.UUID;

/** A process that exports once, to be killed: {@code folder rows}. */
final class ExportOnce {
  private ExportOnce() {}

  public static void main(String[] arguments) {
    try (Bank bank = Bank.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]),
        "split: {by: time, train_until: 2026-01-19, validate_until: 2026-01-21}")) {
      boolean done = bank.activity().perform(Bank.context(UUID.randomUUID().toString())).state().isSuccess();
      System.exit(done ? 0 : 1);
    }
  }
}
