// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A real PostgreSQL, started at its first use and stopped with the JVM, or the one whose administrator {@code -Dsextant.postgres} names by URL.
 * Its databases sort text as English does, so that nothing is right only because they happen to sort bytes.
 */
public final class PostgresServer {
  private static final String URL = Optional.ofNullable(System.getProperty("sextant.postgres")).orElseGet(PostgresServer::start);

  private PostgresServer() {}

  private static String start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("max_connections", "60").start().getJdbcUrl("postgres", "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an empty database. */
  public static void create(String name) throws SQLException {
    execute("create database " + name + " template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'");
  }

  /** Drops a database, whoever is connected. */
  public static void drop(String name) throws SQLException {
    execute("drop database if exists " + name + " with (force)");
  }

  /** The URL of one of the server's databases. */
  public static String url(String database) {
    return URL.replaceFirst("/postgres(\\?|$)", "/" + database + "$1");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
