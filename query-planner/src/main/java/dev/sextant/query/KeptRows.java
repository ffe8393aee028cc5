// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/** The rows of an earlier answer, which somebody may still have. */
public interface KeptRows {

  /** What was asked. */
  PlannedQuery question();

  /** How many rows there are. */
  long rows();

  /** Keeps the rows for who is going to read them; false where they are gone or count no longer. */
  boolean hold();

  /** Reads the rows that are held, from the beginning. */
  ArrowBatches read();
}
