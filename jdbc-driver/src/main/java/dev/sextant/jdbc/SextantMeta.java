// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.arrow.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Answers the framework's questions: statements by asking the server, metadata by asking for the server's information schema. */
final class SextantMeta extends MetaImpl {
  private static final String PARAMETERS = "sextant.parameters";

  private final SextantConnection owner;
  private final Catalog catalog;
  private final Keys keys;

  SextantMeta(SextantConnection connection) {
    super(connection);
    this.owner = connection;
    InformationSchema schema = new InformationSchema(connection);
    this.catalog = new Catalog(schema, new ColumnTypes(connection));
    this.keys = new Keys(schema);
  }

  @Override
  public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
    try (Answer answer = owner.prepare(sql)) {
      Signature signature = signature(sql, answer, parameters(answer), Collections.emptyMap());
      StatementHandle handle = createStatement(ch);
      handle.signature = signature;
      return handle;
    } catch (SQLException failure) {
      throw Sneaky.thrown(failure);
    }
  }

  private static Signature signature(String sql, Answer answer, List<AvaticaParameter> parameters, Map<String, Object> internal) {
    List<ColumnMetaData> columns = answer.columns();
    return new Signature(columns, sql, parameters, internal, CursorFactory.ARRAY,
        columns.isEmpty() ? StatementType.OTHER_DDL : StatementType.SELECT);
  }

  private static List<AvaticaParameter> parameters(Answer answer) {
    List<AvaticaParameter> parameters = new ArrayList<>();
    for (String name : answer.metadata(PARAMETERS).orElse("").split(";")) {
      if (!name.isEmpty()) {
        ColumnType type = ColumnType.named(name).orElse(ColumnType.OTHER);
        parameters.add(new AvaticaParameter(type.isSigned(), type.precision(), type.scale(), type.jdbcType(), type.name(),
            type.className(), "?" + (parameters.size() + 1)));
      }
    }
    return parameters;
  }

  @Override
  public ExecuteResult prepareAndExecute(StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback) {
    return prepareAndExecute(handle, sql, maxRowCount, 0, callback);
  }

  @Override
  public ExecuteResult prepareAndExecute(StatementHandle handle, String sql, long maxRowCount, int maxRowsInFirstFrame,
      PrepareCallback callback) {
    try {
      synchronized (callback.getMonitor()) {
        callback.clear();
      }
      MetaResultSet result = run(handle, sql, List.of());
      synchronized (callback.getMonitor()) {
        callback.assign(result.signature, null, result.updateCount);
      }
      callback.execute();
      return new ExecuteResult(List.of(result));
    } catch (SQLException failure) {
      throw Sneaky.thrown(failure);
    }
  }

  @Override
  public ExecuteResult execute(StatementHandle handle, List<TypedValue> ignored, long maxRowCount) {
    return execute(handle, ignored, 0);
  }

  /** The values are the statement's own: the framework's lose what is finer than a millisecond. */
  @Override
  public ExecuteResult execute(StatementHandle handle, List<TypedValue> ignored, int maxRowsInFirstFrame) {
    try {
      SextantPreparedStatement statement = (SextantPreparedStatement) statement(handle);
      return new ExecuteResult(List.of(run(handle, statement.sql(), statement.values())));
    } catch (SQLException failure) {
      throw Sneaky.thrown(failure);
    }
  }

  private AvaticaStatement statement(StatementHandle handle) {
    return Objects.requireNonNull(owner.statementMap.get(handle.id), "a statement runs after it was closed");
  }

  private MetaResultSet run(StatementHandle handle, String sql, List<SqlValue> values) throws SQLException {
    AvaticaStatement statement = statement(handle);
    String body = StatementJson.run(sql, values, statement.getLargeMaxRows());
    Answer answer = ((CancellableStatement) statement).running().answer(owner.exchange(body, statement.getQueryTimeout()));
    Map<String, Object> internal = new HashMap<>();
    internal.put(SextantResultSet.ANSWER, answer);
    Signature signature = signature(sql, answer, List.of(), internal);
    return signature.columns.isEmpty() ? MetaResultSet.count(handle.connectionId, handle.id, 0)
        : MetaResultSet.create(handle.connectionId, handle.id, false, signature, null);
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> statements) {
    throw Sneaky.thrown(StatementRules.noBatches());
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> values) {
    throw Sneaky.thrown(StatementRules.noBatches());
  }

  /** Rows come as one stream, never in frames. */
  @Override
  public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount) {
    return Frame.EMPTY;
  }

  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
    return false;
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    // The server keeps nothing of a statement; its answer was closed with its result set.
  }

  @Override
  public void commit(ConnectionHandle ch) {
    // Nothing ever changes.
  }

  @Override
  public void rollback(ConnectionHandle ch) {
    // Nothing ever changes.
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
    return SqlWords.properties();
  }

  /** A listing as a result set, with a statement of its own. */
  MetaResultSet result(Listing listing) {
    return createResultSet(Collections.emptyMap(), listing.columns(), CursorFactory.ARRAY, new Frame(0, true, listing.rows()));
  }

  /** Finds out what there is. */
  private interface Asking {
    Listing listing() throws SQLException;
  }

  private MetaResultSet list(Asking asking) {
    try {
      return result(asking.listing());
    } catch (SQLException failure) {
      throw Sneaky.thrown(failure);
    }
  }

  @Override
  public MetaResultSet getTables(ConnectionHandle ch, @Nullable String cat, Pat schema, Pat table, @Nullable List<String> types) {
    return list(() -> catalog.tables(Scope.of(cat, schema.s, table.s), types));
  }

  @Override
  public MetaResultSet getColumns(ConnectionHandle ch, @Nullable String cat, Pat schema, Pat table, Pat column) {
    return list(() -> catalog.columns(Scope.of(cat, schema.s, table.s), column.s));
  }

  @Override
  public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String cat, Pat schema) {
    return list(() -> catalog.schemas(Scope.of(cat, schema.s, null)));
  }

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle ch) {
    return list(catalog::catalogs);
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle ch) {
    return list(Catalog::tableTypes);
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle ch) {
    return list(TypeListing::all);
  }

  @Override
  public MetaResultSet getFunctions(ConnectionHandle ch, @Nullable String cat, Pat schema, Pat function) {
    return list(() -> catalog.functions(Scope.of(cat, schema.s, function.s)));
  }

  @Override
  public MetaResultSet getPrimaryKeys(ConnectionHandle ch, @Nullable String cat, @Nullable String schema, @Nullable String table) {
    return list(() -> keys.primary(Scope.exactly(cat, schema, table)));
  }

  @Override
  public MetaResultSet getImportedKeys(ConnectionHandle ch, @Nullable String cat, @Nullable String schema, @Nullable String table) {
    return list(() -> keys.foreign(Scope.ANY, Scope.exactly(cat, schema, table), Keys.BY_PARENT));
  }

  @Override
  public MetaResultSet getExportedKeys(ConnectionHandle ch, @Nullable String cat, @Nullable String schema, @Nullable String table) {
    return list(() -> keys.foreign(Scope.exactly(cat, schema, table), Scope.ANY, Keys.BY_CHILD));
  }

  @Override
  public MetaResultSet getCrossReference(ConnectionHandle ch, @Nullable String parentCatalog, @Nullable String parentSchema,
      @Nullable String parentTable, @Nullable String childCatalog, @Nullable String childSchema, @Nullable String childTable) {
    return list(() -> keys.foreign(Scope.exactly(parentCatalog, parentSchema, parentTable),
        Scope.exactly(childCatalog, childSchema, childTable), Keys.BY_CHILD));
  }

  @Override
  public MetaResultSet getClientInfoProperties(ConnectionHandle ch) {
    return list(() -> Listing.of("NAME", "MAX_LEN int", "DEFAULT_VALUE", "DESCRIPTION")
        .add("ApplicationName", 255, "", "The name of the program that asks."));
  }
}
