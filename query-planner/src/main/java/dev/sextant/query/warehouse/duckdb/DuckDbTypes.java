// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.DataType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the type names of DuckDB. */
final class DuckDbTypes {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
  private static final DataType INTERVAL = new DataType(DataType.Kind.INTERVAL, 0, 0);

  private DuckDbTypes() {}

  /** Returns the type that DESCRIBE spells as {@code text}. */
  static DataType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return DataType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    if (text.endsWith("]")) {
      return DataType.OTHER;
    }
    if (text.startsWith("ENUM(")) {
      return DataType.STRING;
    }
    return switch (text) {
      case "\"NULL\"" -> DataType.NULL;
      case "BOOLEAN" -> DataType.BOOLEAN;
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> DataType.INTEGER;
      case "BIGINT", "UINTEGER" -> DataType.BIGINT;
      case "UBIGINT" -> DataType.decimal(20, 0);
      case "HUGEINT", "UHUGEINT" -> DataType.decimal(38, 0);
      case "FLOAT", "DOUBLE" -> DataType.DOUBLE;
      case "VARCHAR", "UUID", "JSON" -> DataType.STRING;
      case "BLOB" -> DataType.BINARY;
      case "DATE" -> DataType.DATE;
      case "TIME", "TIME_NS" -> DataType.TIME;
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> DataType.TIMESTAMP;
      case "TIMESTAMP WITH TIME ZONE" -> DataType.TIMESTAMP_TZ;
      case "INTERVAL" -> INTERVAL;
      default -> DataType.OTHER;
    };
  }
}
