// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.DataType;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The tables that semantic SQL offers, as its own {@code information_schema} tells of them. */
record VirtualCatalog(Backend backend, Statements statements) {

  /** A table and what the model says of it. */
  record Table(String catalog, String schema, String name, String remarks) {}

  private record Column(String name, String type, boolean isMeasure, String remarks) {}

  /** The catalog's name, which is the project's. */
  String name() {
    return backend.model().model().project().name();
  }

  List<String> schemas(Caller caller) {
    return rows("SELECT schema_name FROM information_schema.schemata ORDER BY schema_name", caller).stream().map(List::getFirst).toList();
  }

  List<Table> tables(Caller caller) {
    return rows("SELECT table_catalog, table_schema, table_name, remarks FROM information_schema.tables ORDER BY table_schema, table_name",
        caller).stream().map(row -> new Table(row.get(0), row.get(1), row.get(2), row.get(3))).toList();
  }

  /** The Arrow schema of a table: its dimensions as they are stored, its measures as they come out when they are evaluated. */
  Schema schema(Table table, Caller caller) {
    List<Column> columns = columns(table, caller);
    Map<String, Field> types = new LinkedHashMap<>();
    types.putAll(types(table, columns.stream().filter(column -> !column.isMeasure()).toList(), "%s", caller));
    types.putAll(types(table, columns.stream().filter(Column::isMeasure).toList(), "MEASURE(%s)", caller));
    return new Schema(columns.stream().map(column -> field(table, column, types)).toList());
  }

  private List<Column> columns(Table table, Caller caller) {
    return rows("SELECT column_name, data_type, column_kind, remarks FROM information_schema.columns WHERE table_schema = "
        + text(table.schema()) + " AND table_name = " + text(table.name()) + " ORDER BY ordinal_position", caller).stream()
            .map(row -> new Column(row.get(0), row.get(1), row.get(2).equals("measure"), row.get(3)))
            .toList();
  }

  /** Asks for the types of columns; there are none where no one query can have them all. */
  private Map<String, Field> types(Table table, List<Column> columns, String form, Caller caller) {
    Map<String, Field> types = new LinkedHashMap<>();
    if (columns.isEmpty()) {
      return types;
    }
    String list = columns.stream()
        .map(column -> form.formatted(quoted(column.name())) + " AS " + quoted(column.name()))
        .collect(Collectors.joining(", "));
    try {
      statements.schema("SELECT " + list + " FROM " + quoted(table.schema()) + "." + quoted(table.name()), List.of(), caller)
          .getFields()
          .forEach(field -> types.put(field.getName(), field));
    } catch (SextantException noSuchQuery) {
      return new LinkedHashMap<>();
    }
    return types;
  }

  private static Field field(Table table, Column column, Map<String, Field> types) {
    Optional<Field> known = Optional.ofNullable(types.get(column.name()));
    DataType declared = declared(column.type());
    Map<String, String> told = new LinkedHashMap<>(
        known.<Map<String, String>>map(Field::getMetadata).orElseGet(() -> WireSchema.told(declared, "")));
    told.put("ARROW:FLIGHT:SQL:CATALOG_NAME", table.catalog());
    told.put("ARROW:FLIGHT:SQL:SCHEMA_NAME", table.schema());
    told.put("ARROW:FLIGHT:SQL:TABLE_NAME", table.name());
    if (!column.remarks().isEmpty()) {
      told.put("ARROW:FLIGHT:SQL:REMARKS", column.remarks());
    }
    return new Field(column.name(),
        new FieldType(true, known.map(Field::getType).orElseGet(() -> SqlTypes.arrow(declared)), null, told),
        known.map(Field::getChildren).orElseGet(List::of));
  }

  private static DataType declared(String type) {
    return switch (type) {
      case "bigint" -> DataType.BIGINT;
      case "boolean" -> DataType.BOOLEAN;
      case "date" -> DataType.DATE;
      case "timestamp without time zone" -> DataType.TIMESTAMP;
      case "numeric", "double precision" -> DataType.DOUBLE;
      default -> DataType.STRING;
    };
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Rows of texts, absent ones empty. */
  List<List<String>> rows(String sql, Caller caller) {
    List<List<String>> rows = new ArrayList<>();
    try (QueryResult result = backend.sql().run(SqlQuery.of(sql), caller, QueryControl.unlimited("catalog"))) {
      while (result.loadNext()) {
        for (int row = 0; row < result.root().getRowCount(); row++) {
          List<String> cells = new ArrayList<>();
          for (FieldVector vector : result.root().getFieldVectors()) {
            cells.add(vector.isNull(row) ? "" : Objects.requireNonNull(vector.getObject(row)).toString());
          }
          rows.add(List.copyOf(cells));
        }
      }
    }
    return rows;
  }
}
