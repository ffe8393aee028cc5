// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine.answer;

import dev.sextant.model.DataType;
import dev.sextant.query.ResultSchema;
import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The types of Arrow columns as ours. */
public final class ArrowTypes {
  private static final int INTEGER_BITS = 32;
  private static final int LONG_BITS = 64;

  private ArrowTypes() {}

  public static ResultSchema schema(Schema schema) {
    return new ResultSchema(schema.getFields()
        .stream()
        .map(field -> new ResultSchema.Column(field.getName(), type(field.getType()), ResultSchema.Role.GROUP_BY, Optional.empty()))
        .toList());
  }

  public static DataType type(ArrowType type) {
    return switch (type) {
      case ArrowType.Bool bool -> DataType.BOOLEAN;
      case ArrowType.Int number when number.getBitWidth() < INTEGER_BITS || number.getBitWidth() == INTEGER_BITS && number.getIsSigned() ->
          DataType.INTEGER;
      case ArrowType.Int number when number.getBitWidth() < LONG_BITS || number.getIsSigned() -> DataType.BIGINT;
      case ArrowType.Int number -> DataType.decimal(20, 0);
      case ArrowType.Decimal decimal -> DataType.decimal(decimal.getPrecision(), decimal.getScale());
      case ArrowType.FloatingPoint real when real.getPrecision() != FloatingPointPrecision.HALF -> DataType.DOUBLE;
      case ArrowType.Utf8 text -> DataType.STRING;
      case ArrowType.LargeUtf8 text -> DataType.STRING;
      case ArrowType.Date date -> DataType.DATE;
      case ArrowType.Time time -> DataType.TIME;
      case ArrowType.Timestamp time -> time.getTimezone() == null ? DataType.TIMESTAMP : DataType.TIMESTAMP_TZ;
      case ArrowType.Binary bytes -> DataType.BINARY;
      case ArrowType.Null nothing -> DataType.NULL;
      default -> DataType.OTHER;
    };
  }
}
