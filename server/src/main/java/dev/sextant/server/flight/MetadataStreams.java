// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Answers the calls about catalogs, schemas and tables. */
record MetadataStreams(VirtualCatalog catalog, ArrowRows rows) {
  private static final String TABLE = "TABLE";

  void catalogs(ServerStreamListener client) {
    rows.send(Schemas.GET_CATALOGS_SCHEMA, List.of(List.of(catalog.name())), client);
  }

  void schemas(CommandGetDbSchemas command, Caller caller, ServerStreamListener client) {
    Predicate<String> wanted = LikePattern.of(pattern(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern()));
    List<List<Object>> found = new ArrayList<>();
    if (isHere(command.hasCatalog(), command.getCatalog())) {
      catalog.schemas(caller).stream().filter(wanted).forEach(schema -> found.add(List.of(catalog.name(), schema)));
    }
    rows.send(Schemas.GET_SCHEMAS_SCHEMA, found, client);
  }

  void tables(CommandGetTables command, Caller caller, ServerStreamListener client) {
    Predicate<String> schema = LikePattern.of(pattern(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern()));
    Predicate<String> name = LikePattern.of(pattern(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern()));
    boolean typeWanted = command.getTableTypesList().isEmpty() || command.getTableTypesList().contains(TABLE);
    List<List<Object>> found = new ArrayList<>();
    if (typeWanted && isHere(command.hasCatalog(), command.getCatalog())) {
      catalog.tables(caller)
          .stream()
          .filter(table -> schema.test(table.schema()) && name.test(table.name()))
          .forEach(table -> found.add(row(table, command.getIncludeSchema(), caller)));
    }
    rows.send(command.getIncludeSchema() ? Schemas.GET_TABLES_SCHEMA : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA, found, client);
  }

  private List<Object> row(VirtualCatalog.Table table, boolean withSchema, Caller caller) {
    List<Object> row = new ArrayList<>(List.of(table.catalog(), table.schema(), table.name(), TABLE));
    if (withSchema) {
      row.add(bytes(catalog.schema(table, caller)));
    }
    return row;
  }

  void tableTypes(ServerStreamListener client) {
    rows.send(Schemas.GET_TABLE_TYPES_SCHEMA, List.of(List.of(TABLE)), client);
  }

  private static Optional<String> pattern(boolean given, String pattern) {
    return given ? Optional.of(pattern) : Optional.empty();
  }

  /** An empty name asks for what is in no catalog, which is nothing. */
  private boolean isHere(boolean named, String name) {
    return !named || name.equals(catalog.name());
  }

  /** A schema as an Arrow IPC message. */
  static byte[] bytes(Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
