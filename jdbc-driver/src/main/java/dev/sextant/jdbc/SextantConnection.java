// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.Exchange;
import dev.sextant.jdbc.http.Request;
import dev.sextant.jdbc.http.Setting;
import dev.sextant.jdbc.http.Settings;
import dev.sextant.jdbc.http.SqlErrors;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/** A connection: the server keeps nothing of it, every statement carries all there is to know. */
public final class SextantConnection extends AvaticaConnection {
  private static final String PROBE = "select 1";
  private static final String SERVER_VERSION = "Sextant-Version";

  private final Settings settings;
  private final String shownUrl;
  private final AtomicLong statements = new AtomicLong();
  private final Properties clientInfo = new Properties();
  private final Namespace namespace = new Namespace(this);
  private Optional<String> serverVersion = Optional.empty();
  private Optional<SQLWarning> warnings = Optional.empty();
  private int networkMillis;

  SextantConnection(UnregisteredDriver driver, AvaticaFactory factory, String url, Settings settings) {
    super(driver, factory, url, properties(settings));
    this.settings = settings;
    this.shownUrl = url.replaceAll("(?i)(token|password)=[^&;]*", "$1=..");
    this.networkMillis = settings.seconds(Setting.NETWORK_TIMEOUT) * 1000;
  }

  private static Properties properties(Settings settings) {
    Properties properties = new Properties();
    settings.text(Setting.TIME_ZONE).ifPresent(zone -> properties.setProperty("timeZone", zone));
    return properties;
  }

  /** Asks the server whether it is there and takes this caller. */
  void greet() throws SQLException {
    try (Answer answer = prepare(PROBE, networkMillis)) {
      serverVersion = answer.header(SERVER_VERSION);
    }
  }

  Answer prepare(String sql) throws SQLException {
    return prepare(sql, networkMillis);
  }

  private Answer prepare(String sql, int patienceMillis) throws SQLException {
    return new Answer(new Exchange(settings, new Request(StatementJson.prepare(sql), queryId(), 0), patienceMillis));
  }

  /** What sends a statement once it is told to. */
  Exchange exchange(String body, int timeoutSeconds) {
    return new Exchange(settings, new Request(body, queryId(), timeoutSeconds), networkMillis);
  }

  private String queryId() {
    return "jdbc-" + id + "-" + statements.incrementAndGet();
  }

  Settings settings() {
    return settings;
  }

  /** The URL without secrets. */
  String shownUrl() {
    return shownUrl;
  }

  Optional<String> serverVersion() {
    return serverVersion;
  }

  /** A result set that was not asked of the server. */
  ResultSet emptyResult(Listing listing) throws SQLException {
    return createResultSet(((SextantMeta) meta).result(listing), new QueryState(""));
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.of("The connection is closed.", "08003");
    }
  }

  @Override
  public AvaticaStatement createStatement(int type, int concurrency, int resultHoldability) throws SQLException {
    checkOpen();
    downgrade(type, concurrency);
    return super.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, resultHoldability);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int resultHoldability) throws SQLException {
    checkOpen();
    downgrade(type, concurrency);
    return super.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, resultHoldability);
  }

  /** JDBC lets a driver give less than was asked for, if it says so. */
  private void downgrade(int type, int concurrency) {
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      SQLWarning warning = new SQLWarning("Results are read once, from front to back; what was asked for was not given.", "01S02");
      warnings.ifPresentOrElse(first -> first.setNextWarning(warning), () -> warnings = Optional.of(warning));
    }
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return prepareStatement(sql);
  }

  /** The framework wraps what a prepared statement throws, and so loses its SQLSTATE: the first failure counts. */
  @Override
  protected ResultSet executeQueryInternal(AvaticaStatement statement, Meta.@Nullable Signature signature, Meta.@Nullable Frame firstFrame,
      @Nullable QueryState state, boolean isUpdate) throws SQLException {
    try {
      return super.executeQueryInternal(statement, signature, firstFrame, state, isUpdate);
    } catch (SQLException wrapped) {
      throw wrapped.getCause() instanceof SQLException ? (SQLException) wrapped.getCause() : wrapped;
    }
  }

  @Override
  public void close() throws SQLException {
    for (AvaticaStatement statement : new ArrayList<>(statementMap.values())) {
      statement.close();
    }
    super.close();
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.of("abort() needs an executor.", "HY009");
    }
    if (!isClosed()) {
      super.close();
      executor.execute(this::stopAll);
    }
  }

  private void stopAll() {
    for (AvaticaStatement statement : new ArrayList<>(statementMap.values())) {
      try {
        ((CancellableStatement) statement).stop();
        statement.close();
      } catch (SQLException alreadyBroken) {
        // It is gone, which is what was wanted.
      }
    }
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw SqlErrors.of("A timeout is 0 or more seconds, not " + timeout + ".", "HY024");
    }
    if (isClosed()) {
      return false;
    }
    try (Answer answer = prepare(PROBE, timeout == 0 ? networkMillis : timeout * 1000)) {
      return answer.isEmpty();
    } catch (SQLException unreachable) {
      return false;
    }
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    if (milliseconds < 0) {
      throw SqlErrors.of("A timeout is 0 or more milliseconds, not " + milliseconds + ".", "HY024");
    }
    networkMillis = milliseconds;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkMillis;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return true;
  }

  @Override
  public String getCatalog() throws SQLException {
    checkOpen();
    return namespace.catalog();
  }

  @Override
  public String getSchema() throws SQLException {
    checkOpen();
    return namespace.schema();
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    boolean known = level == TRANSACTION_NONE || level == TRANSACTION_READ_UNCOMMITTED || level == TRANSACTION_READ_COMMITTED
        || level == TRANSACTION_REPEATABLE_READ || level == TRANSACTION_SERIALIZABLE;
    if (!known) {
      throw SqlErrors.of("There is no transaction isolation " + level + ".", "HY024");
    }
    super.setTransactionIsolation(level);
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings.orElse(null);
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = Optional.empty();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return new LinkedHashMap<>();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    if (!map.isEmpty()) {
      throw unsupported("Types of one's own");
    }
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.setProperty(name, value);
    }
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo.clear();
    for (String name : properties.stringPropertyNames()) {
      clientInfo.setProperty(name, Objects.requireNonNull(properties.getProperty(name)));
    }
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    return (Properties) clientInfo.clone();
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    throw unsupported("Procedures");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw unsupported("Procedures");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int resultHoldability) throws SQLException {
    throw unsupported("Procedures");
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    throw unsupported("Savepoints");
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    throw unsupported("Savepoints");
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    throw unsupported("Savepoints");
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    throw unsupported("Savepoints");
  }

  @Override
  public Clob createClob() throws SQLException {
    throw unsupported("Clobs of one's own");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw unsupported("Blobs of one's own");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw unsupported("Clobs of one's own");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw unsupported("XML values");
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw unsupported("Structs of one's own");
  }

  private static SQLException unsupported(String what) {
    return SqlErrors.of(what + " are not supported: this connection only asks questions.", "0A000");
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    throw SqlErrors.of("This " + Connection.class.getSimpleName() + " is no " + wanted.getName() + ".", "HY000");
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return createStatement(type, concurrency, getHoldability());
  }
}
