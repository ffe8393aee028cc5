// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what semantic SQL offers, as its own {@code information_schema} tells of it. */
record VirtualTables(Statements statements) {
  private static final String TABLE = "TABLE";

  /** The numbers of a type in JDBC: its own, its size and its fraction's. */
  private record Type(int number, String name, int size, int digits) {

    static Type of(String declared) {
      return switch (declared) {
        case "bigint" -> new Type(Types.BIGINT, "BIGINT", 19, 0);
        case "integer" -> new Type(Types.INTEGER, "INTEGER", 10, 0);
        case "numeric" -> new Type(Types.DECIMAL, "DECIMAL", 38, 0);
        case "double precision" -> new Type(Types.DOUBLE, "DOUBLE", 15, 0);
        case "boolean" -> new Type(Types.BOOLEAN, "BOOLEAN", 1, 0);
        case "date" -> new Type(Types.DATE, "DATE", 10, 0);
        case "timestamp without time zone", "timestamp with time zone" -> new Type(Types.TIMESTAMP, "TIMESTAMP", 26, 6);
        default -> new Type(Types.VARCHAR, "VARCHAR", Integer.MAX_VALUE, 0);
      };
    }
  }

  String catalog() {
    return statements.backend().model().model().project().name();
  }

  Listing catalogs() {
    Listing listing = Listing.of("TABLE_CAT");
    rows("select distinct catalog_name from information_schema.schemata order by 1").forEach(row -> listing.add(row.get(0)));
    return listing;
  }

  Listing schemas(@Nullable String catalog, @Nullable String pattern) {
    Listing listing = Listing.of("TABLE_SCHEM", "TABLE_CATALOG");
    rows("select schema_name, catalog_name from information_schema.schemata where " + is("catalog_name", catalog) + " and "
        + like("schema_name", pattern) + " order by 2, 1").forEach(row -> listing.add(row.get(0), row.get(1)));
    return listing;
  }

  static Listing tableTypes() {
    return Listing.of("TABLE_TYPE").add(TABLE);
  }

  Listing tables(@Nullable String catalog, @Nullable String schema, @Nullable String table, @Nullable List<String> types) {
    Listing listing = Listing.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS", "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME",
        "SELF_REFERENCING_COL_NAME", "REF_GENERATION");
    if (types == null || types.contains(TABLE)) {
      rows("select table_catalog, table_schema, table_name, remarks from information_schema.tables where "
          + wanted(catalog, schema, table) + " order by 1, 2, 3").forEach(
              row -> listing.add(row.get(0), row.get(1), row.get(2), TABLE,
                  row.get(3), null, null, null, null, null));
    }
    return listing;
  }

  Listing columns(@Nullable String catalog, @Nullable String schema, @Nullable String table, @Nullable String column) {
    Listing listing = Listing.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "DATA_TYPE int", "TYPE_NAME", "COLUMN_SIZE int",
        "BUFFER_LENGTH int", "DECIMAL_DIGITS int", "NUM_PREC_RADIX int", "NULLABLE int", "REMARKS", "COLUMN_DEF", "SQL_DATA_TYPE int",
        "SQL_DATETIME_SUB int", "CHAR_OCTET_LENGTH int", "ORDINAL_POSITION int", "IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA",
        "SCOPE_TABLE", "SOURCE_DATA_TYPE int", "IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN");
    rows("select table_catalog, table_schema, table_name, column_name, data_type, ordinal_position, remarks from information_schema.columns"
        + " where " + wanted(catalog, schema, table) + " and " + like("column_name", column) + " order by 1, 2, 3, 6").forEach(row -> {
          Type type = Type.of(row.get(4));
          boolean text = type.number() == Types.VARCHAR;
          listing.add(row.get(0), row.get(1), row.get(2), row.get(3), type.number(), type.name(), type.size(), null, type.digits(), 10,
              DatabaseMetaData.columnNullable, row.get(6), null, null, null, text ? type.size() : null, Integer.valueOf(row.get(5)), "YES",
              null, null, null, null, "NO", "NO");
        });
    return listing;
  }

  static Listing types() {
    Listing listing = Listing.of("TYPE_NAME", "DATA_TYPE int", "PRECISION int", "LITERAL_PREFIX", "LITERAL_SUFFIX", "CREATE_PARAMS",
        "NULLABLE int", "CASE_SENSITIVE boolean", "SEARCHABLE int", "UNSIGNED_ATTRIBUTE boolean", "FIXED_PREC_SCALE boolean",
        "AUTO_INCREMENT boolean", "LOCAL_TYPE_NAME", "MINIMUM_SCALE int", "MAXIMUM_SCALE int", "SQL_DATA_TYPE int",
        "SQL_DATETIME_SUB int", "NUM_PREC_RADIX int");
    for (String declared : List.of("bigint", "numeric", "integer", "double precision", "character varying", "boolean", "date",
        "timestamp without time zone")) {
      Type type = Type.of(declared);
      String prefix = type.number() == Types.VARCHAR ? "'" : type.digits() > 0 || type.number() == Types.DATE ? type.name() + " '" : null;
      listing.add(type.name(), type.number(), type.size(), prefix, prefix == null ? null : "'",
          type.number() == Types.DECIMAL ? "precision,scale" : null, DatabaseMetaData.typeNullable, type.number() == Types.VARCHAR,
          DatabaseMetaData.typeSearchable, false, false, false, type.name(), 0, type.number() == Types.DECIMAL ? 38 : type.digits(), null,
          null, 10);
    }
    return listing;
  }

  private List<List<String>> rows(String sql) {
    return statements.rows(sql);
  }

  private static String wanted(@Nullable String catalog, @Nullable String schema, @Nullable String table) {
    return is("table_catalog", catalog) + " and " + like("table_schema", schema) + " and " + like("table_name", table);
  }

  /** A catalog is named, not matched. */
  private static String is(String column, @Nullable String name) {
    return name == null ? "1 = 1" : column + " = " + text(name);
  }

  private static String like(String column, @Nullable String pattern) {
    return pattern == null || pattern.equals("%") ? "1 = 1" : column + " like " + text(pattern) + " escape '\\'";
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
