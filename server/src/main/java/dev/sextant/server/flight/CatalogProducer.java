// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.Caller;
import dev.sextant.server.ops.Version;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.arrow.flight.sql.BasicFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.memory.BufferAllocator;

/** Tells what there is to ask about: catalogs, tables, keys, types and what the door can do. */
abstract class CatalogProducer extends BasicFlightSqlProducer {
  private final Function<CallContext, Caller> callers;
  private final MetadataStreams metadata;
  private final KeyStreams keys;
  private final ArrowRows rows;

  CatalogProducer(VirtualCatalog catalog, Function<CallContext, Caller> callers, BufferAllocator memory) {
    this.callers = callers;
    this.rows = new ArrowRows(memory);
    this.metadata = new MetadataStreams(catalog, rows);
    this.keys = new KeyStreams(catalog, rows);
  }

  @Override
  public void getStreamCatalogs(CallContext context, ServerStreamListener listener) {
    metadata.catalogs(listener);
  }

  @Override
  public void getStreamSchemas(FlightSql.CommandGetDbSchemas command, CallContext context, ServerStreamListener listener) {
    metadata.schemas(command, callers.apply(context), listener);
  }

  @Override
  public void getStreamTables(FlightSql.CommandGetTables command, CallContext context, ServerStreamListener listener) {
    metadata.tables(command, callers.apply(context), listener);
  }

  @Override
  public void getStreamTableTypes(CallContext context, ServerStreamListener listener) {
    metadata.tableTypes(listener);
  }

  @Override
  public void getStreamPrimaryKeys(FlightSql.CommandGetPrimaryKeys command, CallContext context, ServerStreamListener listener) {
    keys.primary(command, callers.apply(context), listener);
  }

  @Override
  public void getStreamExportedKeys(FlightSql.CommandGetExportedKeys command, CallContext context, ServerStreamListener listener) {
    keys.exported(command, callers.apply(context), listener);
  }

  @Override
  public void getStreamImportedKeys(FlightSql.CommandGetImportedKeys command, CallContext context, ServerStreamListener listener) {
    keys.imported(command, callers.apply(context), listener);
  }

  @Override
  public void getStreamCrossReference(FlightSql.CommandGetCrossReference command, CallContext context, ServerStreamListener listener) {
    keys.crossReference(command, callers.apply(context), listener);
  }

  @Override
  public void getStreamSqlInfo(FlightSql.CommandGetSqlInfo command, CallContext context, ServerStreamListener listener) {
    SqlInfos.of(Version.TEXT).send(command.getInfoList(), listener);
  }

  @Override
  public void getStreamTypeInfo(FlightSql.CommandGetXdbcTypeInfo command, CallContext context, ServerStreamListener listener) {
    rows.send(Schemas.GET_TYPE_INFO_SCHEMA,
        TypeInfo.rows(command.hasDataType() ? OptionalInt.of(command.getDataType()) : OptionalInt.empty()),
        listener);
  }
}
