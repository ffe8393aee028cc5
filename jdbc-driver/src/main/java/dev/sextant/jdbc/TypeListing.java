// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.arrow.ColumnType;
import java.sql.DatabaseMetaData;
import java.util.List;

/** Lists the types that values have. */
final class TypeListing {
  private static final List<ColumnType> TYPES = List.of(ColumnType.BOOLEAN, ColumnType.TINYINT, ColumnType.SMALLINT, ColumnType.INTEGER,
      ColumnType.BIGINT, ColumnType.REAL, ColumnType.DOUBLE, ColumnType.VARCHAR, ColumnType.VARBINARY, ColumnType.DATE, ColumnType.TIME,
      ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_TZ, ColumnType.named("decimal(38, 0)").orElseThrow());

  private TypeListing() {}

  static Listing all() {
    Listing listing = Listing.of("TYPE_NAME", "DATA_TYPE int", "PRECISION int", "LITERAL_PREFIX", "LITERAL_SUFFIX", "CREATE_PARAMS",
        "NULLABLE short", "CASE_SENSITIVE boolean", "SEARCHABLE short", "UNSIGNED_ATTRIBUTE boolean", "FIXED_PREC_SCALE boolean",
        "AUTO_INCREMENT boolean", "LOCAL_TYPE_NAME", "MINIMUM_SCALE short", "MAXIMUM_SCALE short", "SQL_DATA_TYPE int",
        "SQL_DATETIME_SUB int", "NUM_PREC_RADIX int");
    for (ColumnType type : TYPES) {
      boolean decimal = type.name().equals("DECIMAL");
      listing.add(type.name(), type.jdbcType(), type.precision(), prefix(type), prefix(type).isEmpty() ? "" : "'",
          decimal ? "precision,scale" : null, (short) DatabaseMetaData.typeNullable, type.isText(), (short) DatabaseMetaData.typeSearchable,
          false, false, false, type.name(), (short) 0, (short) (decimal ? 38 : type.scale()), null, null,
          type.isSigned() ? (Integer) 10 : null);
    }
    return listing.sorted(1);
  }

  private static String prefix(ColumnType type) {
    switch (type.name()) {
      case "VARCHAR" :
        return "'";
      case "VARBINARY" :
        return "X'";
      case "DATE" :
      case "TIME" :
      case "TIMESTAMP" :
        return type.name() + " '";
      default :
        return "";
    }
  }
}
