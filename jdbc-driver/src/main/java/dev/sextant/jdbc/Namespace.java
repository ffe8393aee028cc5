// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** In which catalog and schema unqualified names are looked up; the server is asked once. */
final class Namespace {
  private static final String QUESTION = "select current_database(), current_schema()";

  private final SextantConnection connection;
  private @Nullable String catalog;
  private @Nullable String schema;

  Namespace(SextantConnection connection) {
    this.connection = connection;
  }

  String catalog() throws SQLException {
    return catalog == null ? ask(1) : catalog;
  }

  String schema() throws SQLException {
    return schema == null ? ask(2) : schema;
  }

  private String ask(int column) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(QUESTION)) {
      answer.next();
      catalog = answer.getString(1);
      schema = answer.getString(2);
      return answer.getString(column);
    }
  }
}
