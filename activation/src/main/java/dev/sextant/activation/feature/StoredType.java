// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.model.DataType;
import java.util.Objects;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The types values are stored with: those the warehouse sends, to the digit. */
final class StoredType {
  private static final int INTEGER_BITS = 32;
  private static final int LONG_BITS = 64;
  private static final DataType UNSIGNED = DataType.decimal(20, 0);

  private StoredType() {}

  /** The type of a column of an answer. */
  static DataType of(VectorSchemaRoot batch, String column) {
    Field field = Objects.requireNonNull(batch.getVector(column), column).getField();
    return switch (field.getType()) {
      case ArrowType.Bool flag -> DataType.BOOLEAN;
      case ArrowType.Int number when number.getBitWidth() < INTEGER_BITS || number.getBitWidth() == INTEGER_BITS && number.getIsSigned() ->
          DataType.INTEGER;
      case ArrowType.Int number when number.getBitWidth() < LONG_BITS || number.getIsSigned() -> DataType.BIGINT;
      case ArrowType.Int number -> UNSIGNED;
      case ArrowType.Decimal decimal -> DataType.decimal(decimal.getPrecision(), decimal.getScale());
      case ArrowType.FloatingPoint real when real.getPrecision() != FloatingPointPrecision.HALF -> DataType.DOUBLE;
      case ArrowType.Utf8 text -> DataType.STRING;
      case ArrowType.LargeUtf8 text -> DataType.STRING;
      case ArrowType.Date date -> DataType.DATE;
      case ArrowType.Time time -> DataType.TIME;
      case ArrowType.Timestamp time -> time.getTimezone() == null ? DataType.TIMESTAMP : DataType.TIMESTAMP_TZ;
      case ArrowType.Binary bytes -> DataType.BINARY;
      default -> throw FeatureIssue.FEATURE_TYPE.because("'" + column + "' is of type " + field.getType()
          + ", which online stores do not keep; cast it to a number, a text or a time.");
    };
  }
}
