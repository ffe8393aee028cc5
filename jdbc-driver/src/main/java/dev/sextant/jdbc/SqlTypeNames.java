// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.arrow.ColumnType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads types as an information schema spells them: the server's own names, and SQL's. */
final class SqlTypeNames {

  private SqlTypeNames() {}

  static ColumnType type(String spelled, @Nullable Integer precision, @Nullable Integer scale) {
    String name = spelled.toLowerCase(Locale.ROOT).trim();
    if ((name.equals("decimal") || name.equals("numeric")) && precision != null) {
      name = "decimal(" + precision + ", " + (scale == null ? 0 : scale) + ")";
    }
    Optional<ColumnType> known = ColumnType.named(name.replaceFirst("^numeric\\(", "decimal("));
    return known.orElse(byPrefix(name.replaceFirst("\\(.*", "").trim(), name));
  }

  private static ColumnType byPrefix(String name, String whole) {
    switch (name) {
      case "varchar" :
      case "char" :
      case "character" :
      case "character varying" :
      case "text" :
        return ColumnType.VARCHAR;
      case "double precision" :
      case "float" :
        return ColumnType.DOUBLE;
      case "real" :
        return ColumnType.REAL;
      case "int" :
        return ColumnType.INTEGER;
      case "smallint" :
        return ColumnType.SMALLINT;
      case "tinyint" :
        return ColumnType.TINYINT;
      case "bool" :
        return ColumnType.BOOLEAN;
      case "varbinary" :
      case "blob" :
      case "bytea" :
        return ColumnType.VARBINARY;
      case "timestamptz" :
        return ColumnType.TIMESTAMP_TZ;
      case "decimal" :
      case "numeric" :
        return ColumnType.named("decimal(38, 0)").orElse(ColumnType.OTHER);
      default :
        return whole.startsWith("timestamp") ? whole.endsWith("with time zone") ? ColumnType.TIMESTAMP_TZ : ColumnType.TIMESTAMP
            : whole.startsWith("time") ? ColumnType.TIME : whole.startsWith("interval") ? ColumnType.INTERVAL : ColumnType.OTHER;
    }
  }
}
