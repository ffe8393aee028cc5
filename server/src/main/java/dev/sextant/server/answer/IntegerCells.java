// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;

/** Spells whole numbers. */
final class IntegerCells {

  private IntegerCells() {}

  static Cells.Writer of(ValueVector vector, TextForm form) {
    return switch (vector) {
      case TinyIntVector bytes -> (row, out) -> out.integer(bytes.get(row));
      case SmallIntVector shorts -> (row, out) -> out.integer(shorts.get(row));
      case IntVector ints -> (row, out) -> out.integer(ints.get(row));
      case UInt1Vector bytes -> (row, out) -> out.integer(bytes.get(row) & 0xFF);
      case UInt2Vector chars -> (row, out) -> out.integer(chars.get(row));
      case UInt4Vector ints -> (row, out) -> out.integer(Integer.toUnsignedLong(ints.get(row)));
      case BigIntVector longs -> (row, out) -> wide(longs.get(row), form, out);
      case UInt8Vector longs -> (row, out) -> unsigned(longs.get(row), form, out);
      default -> throw Cells.unsupported(vector);
    };
  }

  private static void wide(long value, TextForm form, ByteText out) {
    if (form.quotes(value, 0)) {
      out.put('"');
      out.integer(value);
      out.put('"');
    } else {
      out.integer(value);
    }
  }

  private static void unsigned(long value, TextForm form, ByteText out) {
    if (value >= 0) {
      wide(value, form, out);
    } else if (form.isJson()) {
      out.put('"');
      out.ascii(Long.toUnsignedString(value));
      out.put('"');
    } else {
      out.ascii(Long.toUnsignedString(value));
    }
  }
}
