// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.util.Base64;
import java.util.Objects;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;

/** Spells texts, and bytes in base 64. */
final class TextCells {

  private TextCells() {}

  static Cells.Writer of(ValueVector vector, TextForm form) {
    return switch (vector) {
      case VarCharVector texts -> copied(texts, form);
      case LargeVarCharVector texts -> bytes(row -> Objects.requireNonNull(texts.get(row)), form);
      case ViewVarCharVector texts -> bytes(row -> Objects.requireNonNull(texts.get(row)), form);
      case VarBinaryVector binary -> base64(row -> Objects.requireNonNull(binary.get(row)), form);
      case LargeVarBinaryVector binary -> base64(row -> Objects.requireNonNull(binary.get(row)), form);
      case ViewVarBinaryVector binary -> base64(row -> Objects.requireNonNull(binary.get(row)), form);
      case FixedSizeBinaryVector binary -> base64(row -> Objects.requireNonNull(binary.get(row)), form);
      default -> throw Cells.unsupported(vector);
    };
  }

  private interface Bytes {
    byte[] at(int row);
  }

  private static Cells.Writer copied(VarCharVector vector, TextForm form) {
    return (row, out) -> {
      int from = vector.getStartOffset(row);
      int start = Quoting.open(form, out);
      out.raw(vector.getDataBuffer(), from, vector.getEndOffset(row) - from);
      Quoting.close(form, start, out);
    };
  }

  private static Cells.Writer bytes(Bytes bytes, TextForm form) {
    return (row, out) -> {
      int start = Quoting.open(form, out);
      out.put(bytes.at(row));
      Quoting.close(form, start, out);
    };
  }

  private static Cells.Writer base64(Bytes bytes, TextForm form) {
    return bytes(row -> Base64.getEncoder().encode(bytes.at(row)), form);
  }
}
