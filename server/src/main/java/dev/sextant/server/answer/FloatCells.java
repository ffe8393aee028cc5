// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.ValueVector;

/** Spells floating-point numbers so that reading them gives the same bits; JSON has no infinity and no NaN, they become strings. */
final class FloatCells {
  private static final int MOST_PLACES = 6;
  private static final double ALL_PLACES = 1e6;
  private static final double LARGEST_UNSCALED = 1e15;
  private static final double MOST_WITH_ALL_PLACES = 1e9;

  private FloatCells() {}

  static Cells.Writer of(ValueVector vector, TextForm form) {
    return switch (vector) {
      case Float8Vector doubles -> (row, out) -> write(doubles.get(row), form, out);
      case Float4Vector floats -> (row, out) -> text(Float.toString(floats.get(row)), Float.isFinite(floats.get(row)), form, out);
      case Float2Vector halves ->
          (row, out) -> text(Float.toString(halves.getValueAsFloat(row)), Float.isFinite(halves.getValueAsFloat(row)), form,
              out);
      default -> throw Cells.unsupported(vector);
    };
  }

  static void write(double exact, TextForm form, ByteText out) {
    double value = form == TextForm.PLAIN ? rounded(exact) : exact;
    if (!Double.isFinite(value) || value == 0) {
      text(Double.toString(value), value == 0, form, out);
    } else if (!writeShort(value, out)) {
      ShortestDouble.write(value, out);
    }
  }

  /**
   * Writes values with few decimal places without a String. Where {@code u / 10^p} is the value again and u has at most 15 digits, that
   * decimal is the shortest text that reads back as the same double, because both u and 10^p are exact and division rounds correctly.
   */
  private static boolean writeShort(double value, ByteText out) {
    double magnitude = Math.abs(value);
    if (magnitude < MOST_WITH_ALL_PLACES) {
      double unscaled = Math.rint(value * ALL_PLACES);
      if (unscaled / ALL_PLACES != value) {
        return false;
      }
      writeWithoutZeros((long) unscaled, out);
      return true;
    }
    for (int places = 1; places < MOST_PLACES && magnitude < LARGEST_UNSCALED; places++) {
      double power = ByteText.power(places);
      double unscaled = Math.rint(value * power);
      if (Math.abs(unscaled) >= LARGEST_UNSCALED) {
        return false;
      }
      if (unscaled / power == value) {
        out.decimal((long) unscaled, places);
        return true;
      }
    }
    return false;
  }

  /** What fewer places can tell, all places tell with zeros behind it. */
  private static void writeWithoutZeros(long unscaled, ByteText out) {
    long rest = unscaled;
    int places = MOST_PLACES;
    while (places > 1 && rest % 10 == 0) {
      rest /= 10;
      places--;
    }
    out.decimal(rest, places);
  }

  private static double rounded(double value) {
    double scaled = Math.rint(value * ALL_PLACES);
    return Math.abs(scaled) < LARGEST_UNSCALED && Math.abs(scaled) >= ALL_PLACES / 1_000 ? scaled / ALL_PLACES : value;
  }

  private static void text(String text, boolean finite, TextForm form, ByteText out) {
    boolean quotes = form.isJson() && !finite;
    if (quotes) {
      out.put('"');
    }
    out.ascii(text);
    if (quotes) {
      out.put('"');
    }
  }
}
