// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.math.BigDecimal;

/** Truth values, a bit each. */
final class BooleanColumn extends CursorColumn {
  private int bits;

  BooleanColumn(Spot spot) {
    super(spot);
  }

  @Override
  void bindValues(Batch batch, int values) throws ArrowFormatException {
    bits = batch.next((values + 7L) / 8);
  }

  @Override
  boolean booleanAt(int index) {
    return Bytes.bitAt(body, bits, index);
  }

  @Override
  String textAt(int index) {
    return Boolean.toString(booleanAt(index));
  }

  @Override
  Object objectAt(int index) {
    return booleanAt(index);
  }

  @Override
  long longAt(int index) {
    return booleanAt(index) ? 1 : 0;
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
    out.append(booleanAt(index));
  }
}
