// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.InformationSchema.Entry;
import dev.sextant.jdbc.arrow.ColumnType;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists what can be asked of the server: views are tables, and measures say in their remarks that they are. */
final class Catalog {
  private static final String TABLE = "TABLE";
  private static final String SYSTEM_TABLE = "SYSTEM TABLE";
  private static final String MEASURE = "measure";
  private static final String SYSTEM_SCHEMA = "information_schema";

  private final InformationSchema schema;
  private final ColumnTypes types;

  Catalog(InformationSchema schema, ColumnTypes types) {
    this.schema = schema;
    this.types = types;
  }

  static Listing tableTypes() {
    return Listing.of("TABLE_TYPE").add(SYSTEM_TABLE).add(TABLE);
  }

  Listing catalogs() throws SQLException {
    Listing listing = Listing.of("TABLE_CAT");
    Set<String> names = new LinkedHashSet<>();
    for (Entry each : schema.read("schemata", "")) {
      each.text("catalog_name").ifPresent(names::add);
    }
    names.forEach(listing::add);
    return listing.sorted(0);
  }

  Listing schemas(Scope scope) throws SQLException {
    Listing listing = Listing.of("TABLE_SCHEM", "TABLE_CATALOG");
    for (Entry each : schema.read("schemata", "")) {
      String catalog = each.required("catalog_name");
      String name = each.required("schema_name");
      if (scope.holds(catalog, name)) {
        listing.add(name, catalog);
      }
    }
    return listing.sorted(1, 0);
  }

  Listing tables(Scope scope, @Nullable List<String> types) throws SQLException {
    Listing listing = Listing.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS", "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME",
        "SELF_REFERENCING_COL_NAME", "REF_GENERATION");
    for (Entry each : schema.read("tables", InformationSchema.equal("table_name", scope.oneName()))) {
      String type = type(each);
      if (isIn(scope, each) && (types == null || types.contains(type))) {
        listing.add(each.required("table_catalog"), each.required("table_schema"), each.required("table_name"), type,
            each.text("remarks").orElse(""), null, null, null, null, null);
      }
    }
    return listing.sorted(3, 0, 1, 2);
  }

  /** Tools hide types they do not know, so there are two that they do. */
  private static String type(Entry table) {
    return table.required("table_schema").equalsIgnoreCase(SYSTEM_SCHEMA) ? SYSTEM_TABLE : TABLE;
  }

  private boolean isIn(Scope scope, Entry table) {
    String name = table.required("table_name");
    return scope.holds(table.required("table_catalog"), table.required("table_schema"), name)
        && (type(table).equals(SYSTEM_TABLE) || schema.shows(name));
  }

  Listing columns(Scope scope, @Nullable String columnPattern) throws SQLException {
    Listing listing = Listing.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "DATA_TYPE int", "TYPE_NAME", "COLUMN_SIZE int",
        "BUFFER_LENGTH int", "DECIMAL_DIGITS int", "NUM_PREC_RADIX int", "NULLABLE int", "REMARKS", "COLUMN_DEF", "SQL_DATA_TYPE int",
        "SQL_DATETIME_SUB int", "CHAR_OCTET_LENGTH int", "ORDINAL_POSITION int", "IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA",
        "SCOPE_TABLE", "SOURCE_DATA_TYPE short", "IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN");
    Map<List<String>, List<Entry>> byTable = new LinkedHashMap<>();
    for (Entry each : schema.read("columns", InformationSchema.equal("table_name", scope.oneName()))) {
      if (isIn(scope, each) && Scope.matches(columnPattern, each.required("column_name"))) {
        byTable.computeIfAbsent(List.of(each.required("table_schema"), each.required("table_name")), name -> new ArrayList<>()).add(each);
      }
    }
    for (Map.Entry<List<String>, List<Entry>> table : byTable.entrySet()) {
      Map<String, ColumnType> known = types.of(table.getKey().get(0), table.getKey().get(1), table.getValue());
      for (Entry each : table.getValue()) {
        add(each, known.getOrDefault(each.required("column_name"), declared(each)), listing);
      }
    }
    return listing.sorted(0, 1, 2, 16);
  }

  private static ColumnType declared(Entry column) {
    return SqlTypeNames.type(column.required("data_type"), column.number("numeric_precision"), column.number("numeric_scale"));
  }

  static boolean isMeasure(Entry column) {
    return column.required("column_kind").equalsIgnoreCase(MEASURE);
  }

  private static void add(Entry column, ColumnType type, Listing listing) {
    boolean nullable = !column.required("is_nullable").equalsIgnoreCase("no");
    boolean number = type.isSigned();
    listing.add(column.required("table_catalog"), column.required("table_schema"), column.required("table_name"),
        column.required("column_name"), type.jdbcType(), type.name(), type.precision(), null,
        number || isTime(type) ? (Integer) type.scale() : null, number ? (Integer) 10 : null,
        nullable ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls, remarks(column), null, null, null,
        type.isText() ? (Integer) type.precision() : null, column.number("ordinal_position"), nullable ? "YES" : "NO", null, null, null,
        null,
        "NO", "NO");
  }

  private static boolean isTime(ColumnType type) {
    return type.jdbcType() == Types.TIME || type.jdbcType() == Types.TIMESTAMP || type.jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE;
  }

  /** The server marks measures by itself; this is for descriptions that do not say it. */
  private static String remarks(Entry column) {
    String description = column.text("remarks").orElse("");
    return !isMeasure(column) || description.startsWith(MEASURE) ? description : (MEASURE + ". " + description).trim();
  }

  Listing functions(Scope scope) throws SQLException {
    Listing listing = Listing.of("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS", "FUNCTION_TYPE short", "SPECIFIC_NAME");
    for (Entry each : schema.read("routines", "")) {
      String catalog = each.required("routine_catalog");
      String inSchema = each.required("routine_schema");
      String name = each.required("routine_name");
      if (scope.holds(catalog, inSchema, name)) {
        listing.add(catalog, inSchema, name, each.text("remarks").orElse(""), (short) DatabaseMetaData.functionNoTable,
            each.text("specific_name").orElse(name));
      }
    }
    return listing.sorted(0, 1, 2, 5);
  }
}
