// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.Setting;
import dev.sextant.jdbc.http.SqlErrors;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.AvaticaSite;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Runs one statement any number of times; its columns and parameters are known before it first runs. */
final class SextantPreparedStatement extends AvaticaPreparedStatement implements CancellableStatement {
  private final Running running = new Running();
  private final @Nullable SqlValue[] values;
  private boolean poolable;

  SextantPreparedStatement(SextantConnection connection, Meta.@Nullable StatementHandle handle, Meta.Signature signature, int holdability)
      throws SQLException {
    super(connection, handle, signature, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability);
    values = new SqlValue[signature.parameters.size()];
    setQueryTimeout(connection.settings().seconds(Setting.TIMEOUT));
    setFetchSize(0);
  }

  /** The values of the parameters, all of which must have one. */
  List<SqlValue> values() throws SQLException {
    List<SqlValue> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      SqlValue value = values[i];
      if (value == null) {
        throw SqlErrors.of("Parameter " + (i + 1) + " of " + values.length + " has no value.", "07001");
      }
      all.add(value);
    }
    return all;
  }

  String sql() {
    return getSignature().sql;
  }

  @Override
  protected AvaticaParameter getParameter(int param) throws SQLException {
    if (param < 1 || param > values.length) {
      throw SqlErrors.of("There is no parameter " + param + "; the statement has " + values.length + ".", "07009");
    }
    return super.getParameter(param);
  }

  @Override
  protected AvaticaSite getSite(int param) throws SQLException {
    checkOpen();
    return new ParameterSite(getParameter(param), getCalendar(), param - 1, values);
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(values, null);
  }

  @Override
  public void setObject(int parameterIndex, Object x, SQLType targetSqlType) throws SQLException {
    setObject(parameterIndex, x, targetSqlType.getVendorTypeNumber());
  }

  @Override
  public void setObject(int parameterIndex, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
    setObject(parameterIndex, x, targetSqlType.getVendorTypeNumber());
  }

  /** Commands have no columns, and so nothing to tell of. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return getSignature().columns.isEmpty() ? null : super.getMetaData();
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    ResultSet rows = super.executeQuery();
    if (rows == null) {
      throw SqlErrors.of("The statement returns no rows; run it with execute.", "HY000");
    }
    return rows;
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    super.executeLargeUpdate();
    return StatementRules.updateCount(openResultSet, updateCount);
  }

  @Override
  public void addBatch() throws SQLException {
    throw StatementRules.noBatches();
  }

  @Override
  public Running running() {
    return running;
  }

  @Override
  public void stop() {
    running.cancel();
  }

  @Override
  protected void checkOpen() throws SQLException {
    StatementRules.checkOpen(closed);
  }

  /** Not synchronized: a statement that waits for its answer holds the lock. */
  @Override
  public void cancel() throws SQLException {
    checkOpen();
    running.cancel();
  }

  @Override
  public void close() throws SQLException {
    running.stopWaiting();
    super.close();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return StatementRules.noKeys(connection);
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    if (StatementRules.keepsResult(current)) {
      updateCount = -1;
      return false;
    }
    return super.getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return running.warnings().orElse(null);
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    running.clearWarnings();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    StatementRules.checkFetchSize(rows);
    super.setFetchSize(rows);
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    StatementRules.checkDirection(direction);
    super.setFetchDirection(direction);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    super.setQueryTimeout(StatementRules.checkTimeout(seconds));
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen(); // the server understands escapes; there is nothing to switch
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    checkOpen(); // no cursor is ever updated by its name
  }

  @Override
  public void setPoolable(boolean wanted) throws SQLException {
    checkOpen();
    poolable = wanted;
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    throw SqlErrors.of("This statement is no " + wanted.getName() + ".", "HY000");
  }
}
