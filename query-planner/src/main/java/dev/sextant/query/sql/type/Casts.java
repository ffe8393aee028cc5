// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import dev.sextant.query.sql.parse.SqlPrelude;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;

/** What can be cast to what. */
final class Casts {
  private static final int MOST_DIGITS = 38;

  private Casts() {}

  static DataType type(SqlCall cast, ValueTypes types) {
    SqlNode value = cast.operand(0);
    if (!(cast.operand(1) instanceof SqlDataTypeSpec spec)) {
      return new DataType(DataType.Kind.INTERVAL, 0, 0);
    }
    String name = spec.getTypeName() == null ? "" : spec.getTypeName().getSimple();
    if (name.startsWith(SqlPrelude.CONTEXT)) {
      return types.of(value);
    }
    if (name.startsWith(SqlPrelude.ZONE)) {
      if (!types.fits(value, Family.TIME) || ValueTypes.constant(value).isPresent()) {
        throw types.fault(value, "AT TIME ZONE follows a timestamp, not " + types.family(value).words() + ".");
      }
      return DataType.TIMESTAMP;
    }
    DataType target = named(name.toUpperCase(Locale.ROOT), spec, types);
    types.use(value, target);
    if (!isPossible(types, value, target)) {
      throw types.fault(value, types.family(value).words() + " cannot be cast to " + name.toLowerCase(Locale.ROOT) + ".");
    }
    return target;
  }

  private static DataType named(String name, SqlDataTypeSpec spec, ValueTypes types) {
    return switch (name) {
      case "BOOLEAN", "BOOL" -> DataType.BOOLEAN;
      case "SMALLINT", "INT2", "INTEGER", "INT", "INT4", "TINYINT" -> DataType.INTEGER;
      case "BIGINT", "INT8" -> DataType.BIGINT;
      case "DECIMAL", "NUMERIC", "DEC" -> decimal(spec, types);
      case "REAL", "FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION" -> DataType.DOUBLE;
      case "VARCHAR", "CHAR", "TEXT", "STRING", "CHARACTER", "CHARACTER VARYING" -> DataType.STRING;
      case "DATE" -> DataType.DATE;
      case "TIME" -> DataType.TIME;
      case "TIMESTAMP", "DATETIME" -> DataType.TIMESTAMP;
      case "TIMESTAMPTZ", "TIMESTAMP_TZ", "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> DataType.TIMESTAMP_TZ;
      default -> DataType.OTHER;
    };
  }

  private static DataType decimal(SqlDataTypeSpec spec, ValueTypes types) {
    if (!(spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic) || basic.getPrecision() < 0) {
      return Arithmetic.NUMBER;
    }
    int scale = Math.max(0, basic.getScale());
    if (basic.getPrecision() < 1 || basic.getPrecision() > MOST_DIGITS || scale > basic.getPrecision()) {
      throw types.fault(spec, "a decimal has 1 to " + MOST_DIGITS + " digits, no more of them after its point.");
    }
    return DataType.decimal(basic.getPrecision(), scale);
  }

  private static boolean isPossible(ValueTypes types, SqlNode value, DataType target) {
    Family to = Family.of(target);
    Family from = types.family(value);
    List<Family> possible = switch (from) {
      case NUMBER -> List.of(Family.NUMBER, Family.TEXT, Family.TRUTH);
      case TRUTH -> List.of(Family.TRUTH, Family.TEXT, Family.NUMBER);
      case TIME -> List.of(Family.TIME, Family.TEXT, Family.CLOCK);
      case CLOCK -> List.of(Family.CLOCK, Family.TEXT);
      case INTERVAL -> List.of(Family.INTERVAL, Family.TEXT);
      case BINARY -> List.of(Family.BINARY, Family.TEXT);
      case TEXT, OPEN -> List.of(Family.values());
    };
    return to == Family.OPEN
        || possible.contains(to) && (from != Family.TEXT || types.fits(value, to) || ValueTypes.constant(value).isEmpty());
  }
}
