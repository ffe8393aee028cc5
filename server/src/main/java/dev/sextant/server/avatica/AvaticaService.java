// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.SextantException;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.server.ops.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.DatabaseProperty;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Answers one request of the protocol. */
final class AvaticaService implements Service {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RpcMetadataResponse SERVER = new RpcMetadataResponse("Sextant");

  private final Connections connections;
  private final Statements statements;
  private final VirtualTables tables;

  AvaticaService(Connections connections, Statements statements) {
    this.connections = connections;
    this.statements = statements;
    this.tables = new VirtualTables(statements);
  }

  private Connections.Owned owned(String connection) {
    return new Connections.Owned(statements.caller().name(), connection);
  }

  private OpenConnection connection(String id) {
    return connections.find(owned(id));
  }

  @Override
  public OpenConnectionResponse apply(OpenConnectionRequest request) {
    connections.open(owned(request.connectionId));
    return new OpenConnectionResponse(SERVER);
  }

  @Override
  public CloseConnectionResponse apply(CloseConnectionRequest request) {
    connections.close(owned(request.connectionId));
    return new CloseConnectionResponse(SERVER);
  }

  /** Nothing ever changes: reads are all there is, and each is its own transaction. */
  @Override
  public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
    connection(request.connectionId);
    ConnectionPropertiesImpl now = new ConnectionPropertiesImpl(true, true, java.sql.Connection.TRANSACTION_NONE, tables.catalog(),
        "public");
    now.setDirty(false);
    return new ConnectionSyncResponse(now, SERVER);
  }

  @Override
  public CommitResponse apply(CommitRequest request) {
    return blank("commit", CommitResponse.class);
  }

  @Override
  public RollbackResponse apply(RollbackRequest request) {
    return blank("rollback", RollbackResponse.class);
  }

  /** These have no public constructor. */
  private static <T> T blank(String name, Class<T> response) {
    return JSON.convertValue(Map.of("response", name), response);
  }

  @Override
  public CreateStatementResponse apply(CreateStatementRequest request) {
    return new CreateStatementResponse(request.connectionId, connection(request.connectionId).add(""), SERVER);
  }

  @Override
  public CloseStatementResponse apply(CloseStatementRequest request) {
    connection(request.connectionId).close(request.statementId);
    return new CloseStatementResponse(SERVER);
  }

  @Override
  public PrepareResponse apply(PrepareRequest request) {
    OpenConnection connection = connection(request.connectionId);
    Meta.Signature signature = statements.prepare(request.sql);
    return new PrepareResponse(new Meta.StatementHandle(connection.id(), connection.add(request.sql), signature), SERVER);
  }

  @Override
  public ExecuteResponse apply(PrepareAndExecuteRequest request) {
    OpenConnection connection = connection(request.connectionId);
    return connection.find(request.statementId)
        .map(statement -> run(connection, request.statementId, statement, request.sql, List.of(), request.maxRowCount,
            request.maxRowsInFirstFrame))
        .orElseGet(AvaticaService::noStatement);
  }

  @Override
  public ExecuteResponse apply(ExecuteRequest request) {
    OpenConnection connection = connection(request.statementHandle.connectionId);
    int number = request.statementHandle.id;
    List<SqlParameter> values = request.parameterValues == null ? List.of() : BoundValues.read(request.parameterValues);
    return connection.find(number)
        .filter(statement -> !statement.sql().isEmpty())
        .map(statement -> run(connection, number, statement, statement.sql(), values, request.maxRowCount, 0))
        .orElseGet(AvaticaService::noStatement);
  }

  private ExecuteResponse run(OpenConnection connection, int number, OpenStatement statement, String sql, List<SqlParameter> values,
      long maxRows, int firstFrame) {
    Statements.Running running = statements.run(sql, values, maxRows > 0 ? OptionalLong.of(maxRows) : OptionalLong.empty());
    statement.read(running.answer());
    Meta.Frame frame = running.answer().frame(0, firstFrame, statements.clientHasGone());
    boolean rows = !running.signature().columns.isEmpty();
    ResultSetResponse response = rows
        ? new ResultSetResponse(connection.id(), number, false, running.signature(), frame, -1, SERVER)
        : count(connection, number);
    return new ExecuteResponse(List.of(response), false, SERVER);
  }

  @SuppressWarnings("NullAway") // the protocol has no signature and no frame where there are no rows
  private static ResultSetResponse count(OpenConnection connection, int number) {
    return new ResultSetResponse(connection.id(), number, false, null, null, 0, SERVER);
  }

  /** Clients then make the statement again by themselves. */
  @SuppressWarnings("NullAway")
  private static ExecuteResponse noStatement() {
    return new ExecuteResponse(null, true, SERVER);
  }

  /** An answer that is gone is an error: a client told of missing results may take what it has for all. */
  @Override
  public FetchResponse apply(FetchRequest request) {
    Optional<OpenAnswer> answer = connection(request.connectionId).find(request.statementId).flatMap(OpenStatement::answer);
    return new FetchResponse(answer.orElseThrow(AvaticaService::gone)
        .frame(request.offset, request.fetchMaxRowCount, statements.clientHasGone()), false, false, SERVER);
  }

  @Override
  public SyncResultsResponse apply(SyncResultsRequest request) {
    throw gone();
  }

  private static SextantException gone() {
    return Problem.of(QueryIssue.CANCELLED, "The statement was closed before its last row was read; run it again.");
  }

  @Override
  public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
    throw Problem.of(QueryIssue.UNSUPPORTED, "Batches are not supported: the semantic layer is read-only.");
  }

  @Override
  public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
    throw Problem.of(QueryIssue.UNSUPPORTED, "Batches are not supported: the semantic layer is read-only.");
  }

  @Override
  public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
    return new DatabasePropertyResponse(Map.of(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Sextant",
        DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, Version.TEXT, DatabaseProperty.GET_S_Q_L_KEYWORDS, "AGG,AGGREGATE,ILIKE,MEASURE",
        DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, java.sql.Connection.TRANSACTION_NONE), SERVER);
  }

  @Override
  public ResultSetResponse apply(CatalogsRequest request) {
    return list(request.connectionId, tables.catalogs());
  }

  @Override
  public ResultSetResponse apply(SchemasRequest request) {
    return list(request.connectionId, tables.schemas(request.catalog, request.schemaPattern));
  }

  @Override
  public ResultSetResponse apply(TablesRequest request) {
    @Nullable List<String> types = request.typeList;
    return list(request.connectionId, tables.tables(request.catalog, request.schemaPattern, request.tableNamePattern, types));
  }

  @Override
  public ResultSetResponse apply(TableTypesRequest request) {
    return list(request.connectionId, VirtualTables.tableTypes());
  }

  @Override
  public ResultSetResponse apply(TypeInfoRequest request) {
    return list(request.connectionId, VirtualTables.types());
  }

  @Override
  public ResultSetResponse apply(ColumnsRequest request) {
    return list(request.connectionId,
        tables.columns(request.catalog, request.schemaPattern, request.tableNamePattern, request.columnNamePattern));
  }

  private ResultSetResponse list(String connection, Listing listing) {
    return new ResultSetResponse(connection, connection(connection).add(""), true, listing.signature(), listing.frame(), -1, SERVER);
  }

  @Override
  public void setRpcMetadata(RpcMetadataResponse metadata) {
    // What a response tells of the server is the same everywhere.
  }
}
