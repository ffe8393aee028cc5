// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.server.Backend;
import dev.sextant.server.flight.session.Sessions;
import dev.sextant.server.ops.Operations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Has statements answered, prepared and cancelled; a file as long as Flight SQL's list of calls. */
final class SqlProducer extends CatalogProducer {
  private static final List<ActionType> ACTIONS = List.of(FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_STATEMENT,
      FlightSqlUtils.FLIGHT_SQL_CLOSE_PREPARED_STATEMENT, FlightSqlUtils.FLIGHT_SQL_CANCEL_QUERY, FlightConstants.CANCEL_FLIGHT_INFO,
      FlightConstants.SET_SESSION_OPTIONS, FlightConstants.GET_SESSION_OPTIONS, FlightConstants.CLOSE_SESSION);

  private final Function<CallContext, Caller> callers;
  private final Statements statements;
  private final PreparedStatements prepared = new PreparedStatements();
  private final Sessions sessions;
  private final Operations operations;
  private final BufferAllocator memory;

  /** {@code callers} tells who makes a call. */
  SqlProducer(Backend backend, Operations operations, Statements statements, Function<CallContext, Caller> callers,
      BufferAllocator memory) {
    super(new VirtualCatalog(backend, statements), callers, memory);
    this.callers = callers;
    this.statements = statements;
    this.sessions = new Sessions(backend);
    this.operations = operations;
    this.memory = memory;
  }

  @Override
  public FlightInfo getFlightInfoStatement(CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    refuseTransaction(command.hasTransactionId());
    Schema schema = statements.schema(command.getQuery(), List.of(), callers.apply(context));
    return info(StatementTicket.issue(command.getQuery(), List.of(), Optional.of(schema)), schema, descriptor);
  }

  @Override
  public SchemaResult getSchemaStatement(CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return new SchemaResult(statements.schema(command.getQuery(), List.of(), callers.apply(context)));
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(CommandPreparedStatementQuery command, CallContext context,
      FlightDescriptor descriptor) {
    PreparedStatements.Prepared statement = found(command.getPreparedStatementHandle(), context);
    Schema schema = schema(statement, context);
    return info(statement.ticket(Optional.of(schema)), schema, descriptor);
  }

  private PreparedStatements.Prepared found(ByteString handle, CallContext context) {
    return prepared.find(handle, callers.apply(context));
  }

  /** Values may change types: without them a parameter is an untyped NULL. */
  private Schema schema(PreparedStatements.Prepared statement, CallContext context) {
    return statement.values().isEmpty() ? statement.schema()
        : statements.schema(statement.sql(), statement.values(), callers.apply(context));
  }

  @Override
  public SchemaResult getSchemaPreparedStatement(CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
    return new SchemaResult(schema(found(command.getPreparedStatementHandle(), context), context));
  }

  private static FlightInfo info(StatementTicket ticket, Schema schema, FlightDescriptor descriptor) {
    return new FlightInfo(schema, descriptor, List.of(new FlightEndpoint(ticket.pack())), -1, -1);
  }

  private static void refuseTransaction(boolean named) {
    if (named) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "Transactions are not supported: the semantic layer is read-only.");
    }
  }

  @Override
  public void getStreamStatement(FlightSql.TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
    statements.stream(StatementTicket.read(ticket), callers.apply(context), listener);
  }

  @Override
  public void getStreamPreparedStatement(CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
    statements.stream(found(command.getPreparedStatementHandle(), context).ticket(), callers.apply(context), listener);
  }

  @Override
  public void createPreparedStatement(ActionCreatePreparedStatementRequest request, CallContext context, StreamListener<Result> listener) {
    refuseTransaction(request.hasTransactionId());
    PreparedStatements.Prepared statement = statements.prepare(request.getQuery(), callers.apply(context));
    Schema parameters = WireSchema.ofParameters(statement.told().parameters());
    FlightSql.ActionCreatePreparedStatementResult result = FlightSql.ActionCreatePreparedStatementResult.newBuilder()
        .setPreparedStatementHandle(prepared.add(statement))
        .setDatasetSchema(bytes(statement.schema()))
        .setParameterSchema(bytes(parameters))
        .build();
    listener.onNext(new Result(Any.pack(result).toByteArray()));
    listener.onCompleted();
  }

  /** No fields are no schema: that is how clients tell a command from a query. */
  private static ByteString bytes(Schema schema) {
    return schema.getFields().isEmpty() ? ByteString.EMPTY : ByteString.copyFrom(MetadataStreams.bytes(schema));
  }

  @Override
  public void closePreparedStatement(ActionClosePreparedStatementRequest request, CallContext context, StreamListener<Result> listener) {
    prepared.remove(request.getPreparedStatementHandle(), callers.apply(context));
    listener.onCompleted();
  }

  @Override
  public Runnable acceptPutPreparedStatementQuery(CommandPreparedStatementQuery command, CallContext context, FlightStream values,
      StreamListener<PutResult> listener) {
    return () -> {
      ByteString handle = command.getPreparedStatementHandle();
      prepared.bind(handle, bound(values, found(handle, context)), callers.apply(context));
      answer(FlightSql.DoPutPreparedStatementResult.newBuilder().setPreparedStatementHandle(handle).build(), listener);
    };
  }

  private static List<SqlParameter> bound(FlightStream values, PreparedStatements.Prepared statement) {
    List<List<SqlParameter>> sets = new ArrayList<>();
    while (values.next()) {
      for (int row = 0; row < values.getRoot().getRowCount(); row++) {
        sets.add(ArrowToParameter.row(values.getRoot(), values.getDictionaryProvider(), row));
      }
    }
    int parameters = statement.told().parameters().size();
    if (sets.size() != 1 || sets.getFirst().size() != parameters) {
      throw Problem.of(QueryIssue.INVALID_SQL, "the statement takes one set of " + parameters + " values, not " + sets.size()
          + (sets.isEmpty() ? "" : " of " + sets.getFirst().size()) + ".");
    }
    return sets.getFirst();
  }

  @Override
  public Runnable acceptPutStatement(FlightSql.CommandStatementUpdate command, CallContext context, FlightStream values,
      StreamListener<PutResult> listener) {
    return () -> update(command.getQuery(), statements.prepare(command.getQuery(), callers.apply(context)), context, listener);
  }

  @Override
  public Runnable acceptPutPreparedStatementUpdate(FlightSql.CommandPreparedStatementUpdate command, CallContext context,
      FlightStream values,
      StreamListener<PutResult> listener) {
    return () -> {
      PreparedStatements.Prepared statement = found(command.getPreparedStatementHandle(), context);
      update(statement.sql(), statement, context, listener);
    };
  }

  /** Commands such as SET change nothing; what would change something never gets past the engine. */
  private void update(String sql, PreparedStatements.Prepared statement, CallContext context, StreamListener<PutResult> listener) {
    if (statement.told().kind() == PreparedSql.Kind.QUERY) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "The statement returns rows: run it as a query, not as an update.");
    }
    statements.command(sql, callers.apply(context));
    answer(FlightSql.DoPutUpdateResult.newBuilder().setRecordCount(0).build(), listener);
  }

  @Override
  public Runnable acceptPutStatementBulkIngest(FlightSql.CommandStatementIngest command, CallContext context, FlightStream values,
      StreamListener<PutResult> listener) {
    throw Problem.of(QueryIssue.UNSUPPORTED, "Ingestion is not supported: the semantic layer is read-only.");
  }

  private void answer(Message message, StreamListener<PutResult> listener) {
    byte[] bytes = message.toByteArray();
    ArrowBuf buffer = memory.buffer(bytes.length);
    buffer.writeBytes(bytes);
    try (PutResult owner = PutResult.metadata(buffer)) {
      listener.onNext(owner);
    }
    listener.onCompleted();
  }

  @Override
  public void cancelFlightInfo(CancelFlightInfoRequest request, CallContext context, StreamListener<CancelStatus> listener) {
    listener.onNext(cancel(request.getInfo(), context) ? CancelStatus.CANCELLED : CancelStatus.NOT_CANCELLABLE);
    listener.onCompleted();
  }

  @Override
  public void cancelQuery(FlightInfo info, CallContext context, StreamListener<CancelResult> listener) {
    listener.onNext(cancel(info, context) ? CancelResult.CANCELLED : CancelResult.NOT_CANCELLABLE);
    listener.onCompleted();
  }

  /** Cancels what runs of an answer, and says whether anything did. */
  private boolean cancel(FlightInfo info, CallContext context) {
    boolean ran = false;
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      FlightSql.TicketStatementQuery ticket = FlightSqlUtils.unpackAndParseOrThrow(endpoint.getTicket().getBytes(),
          FlightSql.TicketStatementQuery.class);
      try {
        operations.queries().cancel(StatementTicket.read(ticket).queryId(), callers.apply(context));
        ran = true;
      } catch (SextantException notRunning) {
        continue;
      }
    }
    return ran;
  }

  @Override
  public void setSessionOptions(SetSessionOptionsRequest request, CallContext context, StreamListener<SetSessionOptionsResult> listener) {
    listener.onNext(sessions.set(request, context));
    listener.onCompleted();
  }

  @Override
  public void getSessionOptions(GetSessionOptionsRequest request, CallContext context, StreamListener<GetSessionOptionsResult> listener) {
    listener.onNext(sessions.get(context));
    listener.onCompleted();
  }

  @Override
  public void closeSession(CloseSessionRequest request, CallContext context, StreamListener<CloseSessionResult> listener) {
    listener.onNext(sessions.close(context));
    listener.onCompleted();
  }

  @Override
  public void listActions(CallContext context, StreamListener<ActionType> listener) {
    ACTIONS.forEach(listener::onNext);
    listener.onCompleted();
  }

  @Override
  protected <T extends Message> List<FlightEndpoint> determineEndpoints(T command, FlightDescriptor descriptor, Schema schema) {
    return Collections.singletonList(new FlightEndpoint(new Ticket(Any.pack(command).toByteArray())));
  }
}
