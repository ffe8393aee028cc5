// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.warehouse.Configs;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** A real PostgreSQL for the tests of this JVM, started at its first use and stopped with the JVM. */
public final class PostgresServer {
  private static final EmbeddedPostgres SERVER = start();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("max_connections", "40").start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static String url() {
    return SERVER.getJdbcUrl("postgres", "postgres");
  }

  public static int port() {
    return SERVER.getPort();
  }

  public static WarehouseConfig config(Map<String, String> options, String... init) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("url", url());
    all.putAll(options);
    return Configs.config("postgres", all, init);
  }

  /** Runs statements as an administrator would. */
  public static void execute(String... statements) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
