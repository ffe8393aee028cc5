// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Struct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.UnregisteredDriver;

/** What is the same for every connection that only asks questions: no transactions, no procedures, no values of one's own. */
abstract class AskingConnection extends AvaticaConnection {

  AskingConnection(UnregisteredDriver driver, AvaticaFactory factory, String url, Properties properties) {
    super(driver, factory, url, properties);
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return true;
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
}
