// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

/** Something in a script that does not hold and that no rewriting can mend. */
public record Failure(int line, String message) {

  @Override
  public String toString() {
    return "line " + line + ": " + message;
  }
}
