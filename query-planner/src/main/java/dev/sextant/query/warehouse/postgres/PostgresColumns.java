// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.DataType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The columns of a PostgreSQL query: how they are asked for, and which vectors hold them. */
record PostgresColumns(List<Column> columns) {
  private static final int MOST_DIGITS = 38;
  /** Sums and averages are {@code numeric} without a scale; this one leaves 20 digits before the point. */
  private static final int SCALE_WHEN_NONE_IS_DECLARED = 18;

  /** A column; one that is not native is asked for as text. */
  record Column(String name, DataType type, String typeName) {

    boolean isNative() {
      return nativeType(typeName, 0, 0).isPresent();
    }

    ColumnWriter writer(BufferAllocator allocator) {
      return switch (typeName) {
        case "bool" -> new ColumnWriter.Booleans(new BitVector(name, allocator));
        case "int2", "smallserial" -> new ColumnWriter.Shorts(new SmallIntVector(name, allocator));
        case "int4", "serial" -> new ColumnWriter.Ints(new IntVector(name, allocator));
        case "int8", "bigserial" -> new ColumnWriter.Longs(new BigIntVector(name, allocator));
        case "float4" -> new ColumnWriter.Floats(new Float4Vector(name, allocator));
        case "float8" -> new ColumnWriter.Doubles(new Float8Vector(name, allocator));
        case "numeric" -> new NumericWriter(new DecimalVector(name, allocator, type.precision(), type.scale()));
        case "date" -> new ColumnWriter.Dates(new DateDayVector(name, allocator));
        case "time" -> new ColumnWriter.Times(new TimeMicroVector(name, allocator));
        case "timestamp" -> new ColumnWriter.Timestamps(new TimeStampMicroVector(name, allocator));
        case "timestamptz" -> new ColumnWriter.Timestamps(
            new TimeStampMicroTZVector(name, FieldType.nullable(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")), allocator));
        case "interval" -> new ColumnWriter.Intervals(new IntervalMonthDayNanoVector(name, allocator));
        case "bytea" -> new ColumnWriter.Bytes(new VarBinaryVector(name, allocator));
        case "uuid" -> new ColumnWriter.Uuids(new VarCharVector(name, allocator));
        default -> new ColumnWriter.Texts(new VarCharVector(name, allocator));
      };
    }
  }

  static PostgresColumns of(ResultSetMetaData described) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      String typeName = described.getColumnTypeName(i);
      DataType type = nativeType(typeName, described.getPrecision(i), described.getScale(i)).orElse(DataType.STRING);
      columns.add(new Column(described.getColumnLabel(i), type, typeName));
    }
    return new PostgresColumns(columns);
  }

  /** The type of what PostgreSQL sends in a form that a writer reads; everything else (json, arrays, enums, ..) is asked for as text. */
  private static Optional<DataType> nativeType(String typeName, int precision, int scale) {
    return Optional.ofNullable(switch (typeName) {
      case "bool" -> DataType.BOOLEAN;
      case "int2", "int4", "smallserial", "serial" -> DataType.INTEGER;
      case "int8", "bigserial" -> DataType.BIGINT;
      case "float4", "float8" -> DataType.DOUBLE;
      case "numeric" -> decimal(precision, scale);
      case "date" -> DataType.DATE;
      case "time" -> DataType.TIME;
      case "timestamp" -> DataType.TIMESTAMP;
      case "timestamptz" -> DataType.TIMESTAMP_TZ;
      case "interval" -> new DataType(DataType.Kind.INTERVAL, 0, 0);
      case "bytea" -> DataType.BINARY;
      case "text", "varchar", "bpchar", "name", "uuid" -> DataType.STRING;
      default -> null;
    });
  }

  /**
   * PostgreSQL 15 and later allow a scale below zero, of which the driver reports the 11 bits without their sign, or above the precision.
   */
  static DataType decimal(int precision, int reportedScale) {
    if (precision == 0) {
      return DataType.decimal(MOST_DIGITS, SCALE_WHEN_NONE_IS_DECLARED);
    }
    int scale = (reportedScale & 0x7FF ^ 0x400) - 0x400;
    int whole = Math.max(0, precision - scale);
    int fraction = Math.max(0, scale);
    return whole + fraction <= MOST_DIGITS
        ? DataType.decimal(Math.max(1, whole + fraction), fraction)
        : DataType.decimal(MOST_DIGITS, Math.min(fraction, Math.max(SCALE_WHEN_NONE_IS_DECLARED, MOST_DIGITS - whole)));
  }

  /** Returns the statement that sends the rows of {@code sql} in binary form. */
  String copy(String sql) {
    String query = columns.stream().allMatch(Column::isNative) ? sql : asText(sql);
    return "copy (\n" + query + "\n) to stdout (format binary)";
  }

  private String asText(String sql) {
    List<String> items = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      String name = "c" + names.size();
      names.add(name);
      items.add(column.isNative() ? name : name + "::text");
    }
    return "select " + String.join(", ", items) + " from (\n" + sql + "\n) as rows_as_sent(" + String.join(", ", names) + ")";
  }
}
