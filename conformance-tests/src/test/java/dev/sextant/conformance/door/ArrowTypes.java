// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.model.DataType;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The type of an Arrow field, for tables that no schema of ours describes. */
final class ArrowTypes {

  private ArrowTypes() {}

  static DataType of(ArrowType type) {
    return switch (type) {
      case ArrowType.Bool any -> DataType.BOOLEAN;
      case ArrowType.Int number -> number.getBitWidth() <= 32 ? DataType.INTEGER : DataType.BIGINT;
      case ArrowType.Decimal decimal -> DataType.decimal(decimal.getPrecision(), decimal.getScale());
      case ArrowType.FloatingPoint any -> DataType.DOUBLE;
      case ArrowType.Utf8 any -> DataType.STRING;
      case ArrowType.LargeUtf8 any -> DataType.STRING;
      case ArrowType.Date any -> DataType.DATE;
      case ArrowType.Timestamp time -> time.getTimezone() == null ? DataType.TIMESTAMP : DataType.TIMESTAMP_TZ;
      case ArrowType.Time any -> DataType.TIME;
      case ArrowType.Null none -> DataType.NULL;
      default -> DataType.OTHER;
    };
  }
}
