// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import org.apache.arrow.vector.ValueVector;

/** Spells the values of one vector that are not NULL. */
@FunctionalInterface
interface CellWriter {

  void write(int row, ByteText out);

  /** The same with NULLs, spelled as {@code form} does. */
  static CellWriter orNull(CellWriter writer, ValueVector vector, TextForm form) {
    byte[] nullText = form.nullText();
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.put(nullText);
      } else {
        writer.write(row, out);
      }
    };
  }
}
