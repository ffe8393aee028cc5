// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.math.BigDecimal;
import java.sql.Types;

/** Whole numbers that fit a {@code long}: 8 to 64 bits, unsigned ones up to 32. */
final class IntegerColumn extends CursorColumn {
  private final int bits;
  private final boolean signed;
  private final boolean isLong;
  private int values;

  IntegerColumn(Spot spot, int bits, boolean signed) {
    super(spot);
    this.bits = bits;
    this.signed = signed;
    this.isLong = spot.type().jdbcType() == Types.BIGINT;
  }

  /** The type of such numbers; unsigned ones need the next wider signed one. */
  static ColumnType type(int bits, boolean signed) {
    switch (signed ? bits : bits * 2) {
      case 8 :
        return ColumnType.TINYINT;
      case 16 :
        return ColumnType.SMALLINT;
      case 32 :
        return ColumnType.INTEGER;
      case 64 :
        return ColumnType.BIGINT;
      default :
        return ColumnType.decimal(20, 0);
    }
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next((long) count * bits / 8);
  }

  @Override
  long longAt(int index) {
    switch (bits) {
      case 64 :
        return Bytes.longAt(body, values + (index << 3));
      case 32 :
        int word = Bytes.intAt(body, values + (index << 2));
        return signed ? word : word & 0xffff_ffffL;
      case 16 :
        short half = Bytes.shortAt(body, values + (index << 1));
        return signed ? half : half & 0xffff;
      default :
        byte small = body[values + index];
        return signed ? small : small & 0xff;
    }
  }

  @Override
  String textAt(int index) {
    return Long.toString(longAt(index));
  }

  @Override
  Object objectAt(int index) {
    if (isLong) {
      return longAt(index);
    }
    return (int) longAt(index);
  }

  @Override
  boolean booleanAt(int index) {
    return longAt(index) != 0;
  }

  @Override
  double doubleAt(int index) {
    return longAt(index);
  }

  @Override
  BigDecimal decimalAt(int index) {
    return BigDecimal.valueOf(longAt(index));
  }

  @Override
  void jsonAt(int index, StringBuilder out) {
    out.append(longAt(index));
  }
}
