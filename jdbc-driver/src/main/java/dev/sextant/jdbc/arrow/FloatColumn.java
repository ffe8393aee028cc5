// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.json.JsonText;
import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;

/** Floating-point numbers of 16, 32 or 64 bits. */
final class FloatColumn extends CursorColumn {
  private final int width;
  private final boolean isDouble;
  private int values;

  FloatColumn(Spot spot, int bits) {
    super(spot);
    this.width = bits / 8;
    this.isDouble = spot.type().jdbcType() == Types.DOUBLE;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next((long) count * width);
  }

  @Override
  double doubleAt(int index) {
    if (width == 8) {
      return Double.longBitsToDouble(Bytes.longAt(body, values + (index << 3)));
    }
    return narrowAt(index);
  }

  private float narrowAt(int index) {
    return width == 4 ? Float.intBitsToFloat(Bytes.intAt(body, values + (index << 2))) : Bytes.halfAt(body, values + (index << 1));
  }

  @Override
  String textAt(int index) {
    return width == 8 ? Double.toString(doubleAt(index)) : Float.toString(narrowAt(index));
  }

  @Override
  Object objectAt(int index) {
    if (isDouble) {
      return doubleAt(index);
    }
    return (float) doubleAt(index);
  }

  @Override
  boolean booleanAt(int index) {
    return doubleAt(index) != 0;
  }

  @Override
  long longAt(int index) throws SQLException {
    double value = doubleAt(index);
    if (value >= -0x1p63 && value < 0x1p63) {
      return (long) value;
    }
    throw Conversions.outOfRange(this, value, "long");
  }

  @Override
  BigDecimal decimalAt(int index) throws SQLException {
    if (!Double.isFinite(doubleAt(index))) {
      throw Conversions.outOfRange(this, doubleAt(index), "BigDecimal");
    }
    return new BigDecimal(textAt(index));
  }

  @Override
  void jsonAt(int index, StringBuilder out) {
    if (Double.isFinite(doubleAt(index))) {
      out.append(textAt(index));
    } else {
      JsonText.quote(textAt(index), out);
    }
  }
}
