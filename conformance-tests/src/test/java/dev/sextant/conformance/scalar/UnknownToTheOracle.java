// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

/** Something the reference evaluator does not know how to do; it never guesses. */
public final class UnknownToTheOracle extends RuntimeException {

  public UnknownToTheOracle(String what) {
    super("the reference evaluator does not know " + what);
  }
}
