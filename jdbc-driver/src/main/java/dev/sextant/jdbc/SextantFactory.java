// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.ConnectionUrl;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaSpecificDatabaseMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/** Makes this driver's kinds of JDBC objects. */
final class SextantFactory implements AvaticaFactory {

  @Override
  public int getJdbcMajorVersion() {
    return 4;
  }

  @Override
  public int getJdbcMinorVersion() {
    return 2;
  }

  @Override
  public AvaticaConnection newConnection(UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info)
      throws SQLException {
    return new SextantConnection(driver, factory, url, ConnectionUrl.read(url, info));
  }

  @Override
  public AvaticaStatement newStatement(AvaticaConnection connection, Meta.@Nullable StatementHandle handle, int type, int concurrency,
      int holdability) throws SQLException {
    return new SextantStatement((SextantConnection) connection, handle, holdability);
  }

  @Override
  public AvaticaPreparedStatement newPreparedStatement(AvaticaConnection connection, Meta.@Nullable StatementHandle handle,
      Meta.Signature signature, int type, int concurrency, int holdability) throws SQLException {
    return new SextantPreparedStatement((SextantConnection) connection, handle, signature, holdability);
  }

  @Override
  public AvaticaResultSet newResultSet(AvaticaStatement statement, QueryState state, Meta.Signature signature, TimeZone timeZone,
      Meta.@Nullable Frame firstFrame) throws SQLException {
    return new SextantResultSet(statement, state, signature, newResultSetMetaData(statement, signature), timeZone, firstFrame);
  }

  @Override
  public AvaticaSpecificDatabaseMetaData newDatabaseMetaData(AvaticaConnection connection) {
    return new SextantDatabaseMetaData((SextantConnection) connection);
  }

  @Override
  public ResultSetMetaData newResultSetMetaData(AvaticaStatement statement, Meta.Signature signature) {
    return new SextantResultSetMetaData(signature.columns);
  }
}
