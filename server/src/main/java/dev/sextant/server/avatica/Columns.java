// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import dev.sextant.model.DataType;
import dev.sextant.query.ResultSchema;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;

/** Tells columns and parameters as the protocol does, to match what {@link ColumnReader} reads. */
final class Columns {
  private static final int MILLIS = 3;

  private Columns() {}

  /** A type of JDBC, its name, and what stands for its values on the wire. */
  private record Type(int number, String name, Rep rep, int precision, int scale) {
    static Type of(int number, String name, Rep rep) {
      return new Type(number, name, rep, 0, 0);
    }
  }

  /** The signature of a statement whose answer has {@code stored} for its types. */
  static Meta.Signature signature(String sql, ResultSchema schema, Schema stored, List<AvaticaParameter> parameters) {
    List<ColumnMetaData> columns = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      columns.add(column(i, schema.columns().get(i).name(), type(stored.getFields().get(i))));
    }
    return new Meta.Signature(columns, sql, parameters, Map.of(), Meta.CursorFactory.LIST,
        columns.isEmpty() ? Meta.StatementType.OTHER_DDL : Meta.StatementType.SELECT);
  }

  private static ColumnMetaData column(int ordinal, String name, Type type) {
    boolean signed = type.rep() != Rep.STRING && type.rep() != Rep.BOOLEAN;
    ColumnMetaData.AvaticaType wire = ColumnMetaData.scalar(type.number(), type.name(), type.rep());
    return new ColumnMetaData(ordinal, false, type.rep() == Rep.STRING, true, false, DatabaseMetaData.columnNullable, signed,
        type.precision(), name, name, "", type.precision(), type.scale(), "", "", wire, true, false, false, wire.columnClassName());
  }

  private static Type type(Field field) {
    return switch (org.apache.arrow.vector.types.Types.getMinorTypeForArrowType(field.getType())) {
      case BIT -> Type.of(Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN);
      case TINYINT, SMALLINT, INT, UINT1, UINT2 -> new Type(Types.INTEGER, "INTEGER", Rep.INTEGER, 10, 0);
      case BIGINT, UINT4 -> new Type(Types.BIGINT, "BIGINT", Rep.LONG, 19, 0);
      case UINT8 -> new Type(Types.DECIMAL, "DECIMAL", Rep.NUMBER, 20, 0);
      case FLOAT4 -> new Type(Types.REAL, "REAL", Rep.FLOAT, 7, 0);
      case FLOAT8 -> new Type(Types.DOUBLE, "DOUBLE", Rep.DOUBLE, 15, 0);
      case DECIMAL, DECIMAL256 -> decimal((ArrowType.Decimal) field.getType());
      case VARBINARY, LARGEVARBINARY, VIEWVARBINARY, FIXEDSIZEBINARY -> Type.of(Types.VARBINARY, "VARBINARY", Rep.BYTE_STRING);
      case DATEDAY, DATEMILLI -> new Type(Types.DATE, "DATE", Rep.INTEGER, 10, 0);
      case TIMESEC, TIMEMILLI, TIMEMICRO, TIMENANO -> new Type(Types.TIME, "TIME", Rep.INTEGER, MILLIS, 0);
      case TIMESTAMPSEC, TIMESTAMPMILLI, TIMESTAMPMICRO, TIMESTAMPNANO, TIMESTAMPSECTZ, TIMESTAMPMILLITZ, TIMESTAMPMICROTZ,
          TIMESTAMPNANOTZ -> new Type(Types.TIMESTAMP, "TIMESTAMP", Rep.LONG, MILLIS, 0);
      case NULL, FLOAT2, VARCHAR, LARGEVARCHAR, VIEWVARCHAR, DURATION, INTERVALDAY, INTERVALYEAR, INTERVALMONTHDAYNANO, LIST, LARGELIST,
          FIXED_SIZE_LIST, LISTVIEW, LARGELISTVIEW, STRUCT, MAP, UNION, DENSEUNION, EXTENSIONTYPE, RUNENDENCODED ->
          Type.of(Types.VARCHAR, "VARCHAR", Rep.STRING);
    };
  }

  private static Type decimal(ArrowType.Decimal type) {
    return new Type(Types.DECIMAL, "DECIMAL", Rep.NUMBER, type.getPrecision(), type.getScale());
  }

  static List<AvaticaParameter> parameters(List<DataType> types) {
    List<AvaticaParameter> parameters = new ArrayList<>();
    for (DataType type : types) {
      Type jdbc = type(type);
      ColumnMetaData.AvaticaType wire = ColumnMetaData.scalar(jdbc.number(), jdbc.name(), jdbc.rep());
      parameters.add(new AvaticaParameter(type.isNumeric(), type.precision(), type.scale(), jdbc.number(), jdbc.name(),
          wire.columnClassName(), "?" + (parameters.size() + 1)));
    }
    return parameters;
  }

  private static Type type(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Type.of(Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN);
      case INTEGER -> Type.of(Types.INTEGER, "INTEGER", Rep.INTEGER);
      case BIGINT -> Type.of(Types.BIGINT, "BIGINT", Rep.LONG);
      case DECIMAL -> Type.of(Types.DECIMAL, "DECIMAL", Rep.NUMBER);
      case DOUBLE -> Type.of(Types.DOUBLE, "DOUBLE", Rep.DOUBLE);
      case DATE -> Type.of(Types.DATE, "DATE", Rep.INTEGER);
      case TIME -> Type.of(Types.TIME, "TIME", Rep.INTEGER);
      case TIMESTAMP, TIMESTAMP_TZ -> Type.of(Types.TIMESTAMP, "TIMESTAMP", Rep.LONG);
      case BINARY -> Type.of(Types.VARBINARY, "VARBINARY", Rep.BYTE_STRING);
      case STRING, NULL, INTERVAL, OTHER -> Type.of(Types.VARCHAR, "VARCHAR", Rep.STRING);
    };
  }
}
