// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/** Exact numbers of 32 to 256 bits, and unsigned integers of 64 bits, which no {@code long} holds. */
final class DecimalColumn extends CursorColumn {
  private final int width;
  private final int scale;
  private final boolean signed;
  private int values;

  DecimalColumn(Spot spot, int bits, int scale, boolean signed) {
    super(spot);
    this.width = bits / 8;
    this.scale = scale;
    this.signed = signed;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next((long) count * width);
  }

  @Override
  BigDecimal decimalAt(int index) {
    int at = values + index * width;
    if (width == 4) {
      return BigDecimal.valueOf(Bytes.intAt(body, at), scale);
    }
    long low = Bytes.longAt(body, at);
    if (width == 8 && (signed || low >= 0) || width == 16 && Bytes.longAt(body, at + 8) == low >> 63) {
      return BigDecimal.valueOf(low, scale);
    }
    return new BigDecimal(new BigInteger(signed ? bigEndian(at, 0) : bigEndian(at, 1)), scale);
  }

  private byte[] bigEndian(int at, int leadingZeros) {
    byte[] bytes = new byte[width + leadingZeros];
    for (int i = 0; i < width; i++) {
      bytes[bytes.length - 1 - i] = body[at + i];
    }
    return bytes;
  }

  @Override
  long longAt(int index) throws SQLException {
    return Conversions.toLong(this, decimalAt(index));
  }

  @Override
  double doubleAt(int index) {
    return decimalAt(index).doubleValue();
  }

  @Override
  boolean booleanAt(int index) {
    return decimalAt(index).signum() != 0;
  }

  @Override
  String textAt(int index) {
    return decimalAt(index).toPlainString();
  }

  @Override
  Object objectAt(int index) {
    return decimalAt(index);
  }

  @Override
  void jsonAt(int index, StringBuilder out) {
    out.append(textAt(index));
  }
}
