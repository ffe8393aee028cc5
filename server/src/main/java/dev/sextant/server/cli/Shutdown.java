// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

/** Handles hooks of the JVM's end. */
final class Shutdown {

  private Shutdown() {}

  /** Takes a hook back, unless the end has come already. */
  static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // Then the hook does its work right now.
    }
  }
}
