// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The catalog as tables of {@code information_schema}: what PostgreSQL has there, as far as tools ask for it. */
public final class InformationSchema {
  /** The schema of all virtual tables. */
  public static final String SCHEMA = "public";
  private static final String INFORMATION = "information_schema";

  private InformationSchema() {}

  /** A table of constants. */
  public record Table(List<String> columns, List<List<String>> rows) {

    /** The types of the columns by their names, in order. */
    public Map<String, DataType> types() {
      Map<String, DataType> types = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        String first = rows.isEmpty() ? "''" : rows.getFirst().get(i);
        types.put(columns.get(i),
            first.startsWith("'") ? DataType.STRING : first.equals("NULL") ? DataType.OTHER : DataType.INTEGER);
      }
      return types;
    }

    /** The constants as a table of the warehouse's SQL. */
    public String sql() {
      String names = columns.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
      if (rows.isEmpty()) {
        return "(SELECT * FROM (VALUES (" + columns.stream().map(name -> "''").collect(Collectors.joining(", ")) + ")) AS t(" + names
            + ") WHERE 1 = 0)";
      }
      String values = rows.stream().map(row -> "(" + String.join(", ", row) + ")").collect(Collectors.joining(", "));
      return "(SELECT * FROM (VALUES " + values + ") AS t(" + names + "))";
    }
  }

  /** The table of a qualified name, nothing where it is not of this schema. */
  public static Optional<Table> table(List<String> names, SemanticTables tables) {
    if (names.size() < 2 || !names.get(names.size() - 2).equalsIgnoreCase(INFORMATION)) {
      return Optional.empty();
    }
    Supplier<String> catalog = () -> text(tables.model().project().name());
    return Optional.of(switch (names.getLast().toLowerCase(Locale.ROOT)) {
      case "schemata" -> new Table(List.of("catalog_name", "schema_name", "schema_owner"),
          List.of(List.of(catalog.get(), text(SCHEMA), text("sextant")), List.of(catalog.get(), text(INFORMATION), text("sextant"))));
      case "tables" -> new Table(List.of("table_catalog", "table_schema", "table_name", "table_type", "remarks"),
          tables.all()
              .stream()
              .map(table -> List.of(catalog.get(), text(SCHEMA), text(table.name()), text("BASE TABLE"),
                  text(table.documentation().description())))
              .toList());
      case "views" -> new Table(List.of("table_catalog", "table_schema", "table_name", "view_definition"), List.of());
      case "columns" -> new Table(
          List.of("table_catalog", "table_schema", "table_name", "column_name", "ordinal_position", "column_default",
              "is_nullable", "data_type", "character_maximum_length", "numeric_precision", "numeric_scale", "column_kind", "remarks"),
          columns(tables, catalog.get()));
      case "key_column_usage" -> new Table(
          List.of("constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema", "table_name",
              "column_name",
              "ordinal_position", "position_in_unique_constraint"),
          keys(tables, catalog.get(), (row, key) -> row.addAll(named(catalog.get(), key.table(), text(key.column()), "1",
              key.refersTo().isPresent() ? "1" : "NULL"))));
      case "table_constraints" -> new Table(
          List.of("constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema", "table_name",
              "constraint_type"),
          keys(tables, catalog.get(), (row, key) -> row.addAll(named(catalog.get(), key.table(),
              text(key.refersTo().isPresent() ? "FOREIGN KEY" : "PRIMARY KEY")))));
      case "referential_constraints" -> new Table(
          List.of("constraint_catalog", "constraint_schema", "constraint_name", "unique_constraint_catalog", "unique_constraint_schema",
              "unique_constraint_name", "match_option", "update_rule", "delete_rule"),
          keys(tables, catalog.get(), (row, key) -> key.refersTo()
              .ifPresent(target -> row.addAll(named(catalog.get(), target.name(), text("NONE"), text("NO ACTION"), text("NO ACTION")))))
                  .stream()
                  .filter(row -> row.size() > 3)
                  .toList());
      default -> throw Problem.of(QueryIssue.UNKNOWN_VIEW, "information_schema has no table '" + names.getLast()
          + "'; it has schemata, tables, views, columns, key_column_usage, table_constraints, referential_constraints.");
    });
  }

  private static List<List<String>> keys(SemanticTables tables, String catalog, BiConsumer<List<String>, TableKeys.Key> rest) {
    return new TableKeys(tables).all().stream().map(key -> {
      List<String> row = new ArrayList<>(List.of(catalog, text(SCHEMA), text(key.name())));
      rest.accept(row, key);
      return row;
    }).toList();
  }

  private static List<String> named(String catalog, String name, String... further) {
    List<String> values = new ArrayList<>(List.of(catalog, text(SCHEMA), text(name)));
    values.addAll(List.of(further));
    return values;
  }

  private static List<List<String>> columns(SemanticTables tables, String catalog) {
    List<List<String>> rows = new ArrayList<>();
    for (SemanticTable table : tables.all()) {
      List<String> types = ColumnTypes.of(table, tables.model());
      for (int i = 0; i < table.columns().size(); i++) {
        SemanticTable.Column column = table.columns().get(i);
        rows.add(List.of(catalog, text(SCHEMA), text(table.name()), text(column.name()), Integer.toString(i + 1), "NULL", text("YES"),
            text(types.get(i)), "NULL", "NULL", "NULL", text(column instanceof SemanticTable.MetricColumn ? "measure" : "dimension"),
            text(remarks(column))));
      }
    }
    return rows;
  }

  private static String remarks(SemanticTable.Column column) {
    String description = column.documentation().description();
    return column instanceof SemanticTable.MetricColumn ? ("measure. " + description).strip() : description;
  }

  /** A constant text. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
