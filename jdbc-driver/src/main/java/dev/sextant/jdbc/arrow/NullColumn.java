// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;

/** A column in which every value is NULL; it has no buffers. */
final class NullColumn extends CursorColumn {

  NullColumn(Spot spot) {
    super(spot);
  }

  @Override
  void bind(Batch batch) throws ArrowFormatException {
    batch.nextNode();
  }

  @Override
  void bindValues(Batch batch, int values) {
    // Nothing stands on the wire.
  }

  @Override
  boolean isNull(int index) {
    return true;
  }

  @Override
  String textAt(int index) {
    throw new IllegalStateException("a NULL was read as a value");
  }

  @Override
  Object objectAt(int index) {
    throw new IllegalStateException("a NULL was read as a value");
  }
}
