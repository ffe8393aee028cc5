// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.ValueVector;

/** Spells decimals with all their digits; those of up to 18 digits without a BigDecimal. */
final class DecimalCells {
  private static final int MOST_SCALE = 18;

  private DecimalCells() {}

  static Cells.Writer of(ValueVector vector, TextForm form) {
    return switch (vector) {
      case DecimalVector decimals when decimals.getScale() >= 0 && decimals.getScale() <= MOST_SCALE -> narrow(decimals, form);
      case DecimalVector decimals -> (row, out) -> wide(Objects.requireNonNull(decimals.getObject(row)), form, out);
      case Decimal256Vector decimals -> (row, out) -> wide(Objects.requireNonNull(decimals.getObject(row)), form, out);
      default -> throw Cells.unsupported(vector);
    };
  }

  /** Reads the two halves of the little-endian value: when the upper one only repeats the sign, the lower one is the value. */
  private static Cells.Writer narrow(DecimalVector vector, TextForm form) {
    int scale = vector.getScale();
    return (row, out) -> {
      ArrowBuf values = vector.getDataBuffer();
      long low = values.getLong((long) row * DecimalVector.TYPE_WIDTH);
      long high = values.getLong((long) row * DecimalVector.TYPE_WIDTH + Long.BYTES);
      if (high == low >> 63 && low > -ByteText.power(MOST_SCALE) && low < ByteText.power(MOST_SCALE)) {
        narrow(low, scale, form.quotes(low, scale), out);
      } else {
        wide(Objects.requireNonNull(vector.getObject(row)), form, out);
      }
    };
  }

  private static void narrow(long unscaled, int scale, boolean quotes, ByteText out) {
    if (quotes) {
      out.put('"');
      out.decimal(unscaled, scale);
      out.put('"');
    } else {
      out.decimal(unscaled, scale);
    }
  }

  private static void wide(BigDecimal value, TextForm form, ByteText out) {
    if (form.isJson()) {
      out.put('"');
      out.ascii(value.toPlainString());
      out.put('"');
    } else {
      out.ascii(value.toPlainString());
    }
  }
}
