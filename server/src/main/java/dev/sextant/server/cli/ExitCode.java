// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

/** What the process tells its caller. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int INVALID_PROJECT = 3;

  private ExitCode() {}
}
