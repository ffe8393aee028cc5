// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.Caller;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.vector.types.pojo.Schema;

/** Answers the calls about keys, as the information schema tells of them. */
record KeyStreams(VirtualCatalog catalog, ArrowRows rows) {
  private static final int NO_ACTION = 3;

  /** A column of a key: where it is, its place in the key, and the key's name. */
  private record KeyColumn(String catalog, String schema, String table, String column, int place, String key) {}

  void primary(CommandGetPrimaryKeys command, Caller caller, ServerStreamListener client) {
    Predicate<KeyColumn> wanted = in(command.hasCatalog() ? Optional.of(command.getCatalog()) : Optional.empty(),
        command.hasDbSchema() ? Optional.of(command.getDbSchema()) : Optional.empty(), command.getTable());
    Map<String, String> kinds = pairs("SELECT constraint_name, constraint_type FROM information_schema.table_constraints", caller);
    List<List<Object>> found = columns(caller).stream()
        .filter(column -> "PRIMARY KEY".equals(kinds.get(column.key())) && wanted.test(column))
        .sorted(Comparator.comparing(KeyColumn::column))
        .map(column -> List.<Object>of(column.catalog(), column.schema(), column.table(), column.column(), column.place(), column.key()))
        .toList();
    rows.send(Schemas.GET_PRIMARY_KEYS_SCHEMA, found, client);
  }

  void imported(CommandGetImportedKeys command, Caller caller, ServerStreamListener client) {
    foreign(Schemas.GET_IMPORTED_KEYS_SCHEMA, parent -> true,
        in(command.hasCatalog() ? Optional.of(command.getCatalog()) : Optional.empty(),
            command.hasDbSchema() ? Optional.of(command.getDbSchema()) : Optional.empty(), command.getTable()),
        caller, client);
  }

  void exported(CommandGetExportedKeys command, Caller caller, ServerStreamListener client) {
    foreign(Schemas.GET_EXPORTED_KEYS_SCHEMA,
        in(command.hasCatalog() ? Optional.of(command.getCatalog()) : Optional.empty(),
            command.hasDbSchema() ? Optional.of(command.getDbSchema()) : Optional.empty(), command.getTable()),
        child -> true, caller, client);
  }

  void crossReference(CommandGetCrossReference command, Caller caller, ServerStreamListener client) {
    foreign(Schemas.GET_CROSS_REFERENCE_SCHEMA,
        in(command.hasPkCatalog() ? Optional.of(command.getPkCatalog()) : Optional.empty(),
            command.hasPkDbSchema() ? Optional.of(command.getPkDbSchema()) : Optional.empty(), command.getPkTable()),
        in(command.hasFkCatalog() ? Optional.of(command.getFkCatalog()) : Optional.empty(),
            command.hasFkDbSchema() ? Optional.of(command.getFkDbSchema()) : Optional.empty(), command.getFkTable()),
        caller, client);
  }

  private void foreign(Schema schema, Predicate<KeyColumn> parents, Predicate<KeyColumn> children, Caller caller,
      ServerStreamListener client) {
    Map<String, String> references = pairs(
        "SELECT constraint_name, unique_constraint_name FROM information_schema.referential_constraints", caller);
    List<KeyColumn> all = columns(caller);
    List<List<Object>> found = new ArrayList<>();
    for (KeyColumn child : all) {
      all.stream()
          .filter(parent -> parent.key().equals(references.get(child.key())) && parent.place() == child.place())
          .filter(parent -> parents.test(parent) && children.test(child))
          .forEach(parent -> found.add(row(parent, child)));
    }
    rows.send(schema, found, client);
  }

  private static List<Object> row(KeyColumn parent, KeyColumn child) {
    return List.of(parent.catalog(), parent.schema(), parent.table(), parent.column(), child.catalog(), child.schema(), child.table(),
        child.column(), child.place(), child.key(), parent.key(), NO_ACTION, NO_ACTION);
  }

  private static Predicate<KeyColumn> in(Optional<String> catalog, Optional<String> schema, String table) {
    return column -> catalog.map(column.catalog()::equals).orElse(true) && schema.map(column.schema()::equals).orElse(true)
        && column.table().equals(table);
  }

  private List<KeyColumn> columns(Caller caller) {
    return catalog.rows("SELECT table_catalog, table_schema, table_name, column_name, ordinal_position, constraint_name"
        + " FROM information_schema.key_column_usage ORDER BY 1, 2, 3, 6, 5", caller)
        .stream()
        .map(row -> new KeyColumn(row.get(0), row.get(1), row.get(2), row.get(3), Integer.parseInt(row.get(4)), row.get(5)))
        .toList();
  }

  private Map<String, String> pairs(String sql, Caller caller) {
    Map<String, String> pairs = new LinkedHashMap<>();
    catalog.rows(sql, caller).forEach(row -> pairs.put(row.get(0), row.get(1)));
    return pairs;
  }
}
