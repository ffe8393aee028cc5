// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

/** Where a reader stands in a batch, shared by its columns. */
final class Rows {
  int index = -1;
  int count;
  /** Whether the value read last was NULL. */
  boolean wasNull;
}
