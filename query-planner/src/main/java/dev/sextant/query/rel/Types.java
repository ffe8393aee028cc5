// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.DataType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** Our types as Calcite's, and back. Every column may be NULL: warehouses seldom promise otherwise and joins break the promise. */
public final class Types {
  private static final int DECIMAL_DIGITS = 38;
  private static final int MICROS = 6;
  private static final Factory FACTORY = new Factory();

  private Types() {}

  private static final class System extends RelDataTypeSystemImpl {
    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
      return switch (typeName) {
        case DECIMAL -> DECIMAL_DIGITS;
        case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME -> 9;
        default -> super.getMaxPrecision(typeName);
      };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
      return typeName == SqlTypeName.DECIMAL ? DECIMAL_DIGITS : super.getMaxScale(typeName);
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
      RelDataType plain = switch (argument.getSqlTypeName()) {
        case TINYINT, SMALLINT, INTEGER, BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
        case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, DECIMAL_DIGITS, argument.getScale());
        case FLOAT, REAL, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
        default -> argument;
      };
      return factory.createTypeWithNullability(plain, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
      return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
    }
  }

  private static final class Factory extends SqlTypeFactoryImpl {
    private final Map<DataType, RelDataType> known = new ConcurrentHashMap<>();

    private Factory() {
      super(new System());
    }

    private RelDataType type(DataType type) {
      RelDataType made = known.get(type);
      return made != null ? made : known.computeIfAbsent(type, wanted -> make(wanted, this));
    }

    @Override
    public Charset getDefaultCharset() {
      return StandardCharsets.UTF_8;
    }
  }

  /** The factory of all queries' types. */
  public static RelDataTypeFactory factory() {
    return FACTORY;
  }

  /** A nullable Calcite type. */
  public static RelDataType toCalcite(DataType type, RelDataTypeFactory factory) {
    return factory instanceof Factory ours ? ours.type(type) : make(type, factory);
  }

  private static RelDataType make(DataType type, RelDataTypeFactory factory) {
    RelDataType plain = switch (type.kind()) {
      case NULL -> factory.createSqlType(SqlTypeName.NULL);
      case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case DECIMAL -> type.precision() == 0 ? factory.createSqlType(SqlTypeName.DECIMAL)
          : factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
      case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case STRING -> factory.createSqlType(SqlTypeName.VARCHAR);
      case DATE -> factory.createSqlType(SqlTypeName.DATE);
      case TIME -> factory.createSqlType(SqlTypeName.TIME, MICROS);
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, MICROS);
      case TIMESTAMP_TZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MICROS);
      case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
      case INTERVAL, OTHER -> factory.createSqlType(SqlTypeName.ANY);
    };
    return factory.createTypeWithNullability(plain, true);
  }

  public static DataType fromCalcite(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case NULL -> DataType.NULL;
      case BOOLEAN -> DataType.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER -> DataType.INTEGER;
      case BIGINT -> DataType.BIGINT;
      case DECIMAL -> DataType.decimal(type.getPrecision(), Math.max(0, type.getScale()));
      case FLOAT, REAL, DOUBLE -> DataType.DOUBLE;
      case CHAR, VARCHAR -> DataType.STRING;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case TIMESTAMP -> DataType.TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> DataType.TIMESTAMP_TZ;
      case BINARY, VARBINARY -> DataType.BINARY;
      default -> DataType.OTHER;
    };
  }
}
