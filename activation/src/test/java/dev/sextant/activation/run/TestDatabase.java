// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.model.Calendar;
import dev.sextant.model.Project;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that may hold the store, for real. */
public enum TestDatabase {
  SQLITE {
    @Override
    public Map<String, String> settings() {
      return Map.of();
    }
  },
  POSTGRES {
    @Override
    public Map<String, String> settings() {
      return Map.of("runs.store", Server.fresh(), "runs.user", "postgres");
    }
  };

  /** What {@code sextant.yml} says of a new, empty store. */
  public abstract Map<String, String> settings();

  HikariDataSource open(Path folder) {
    return StoreConnections.open(new Project("tested", folder, Calendar.ISO, List.of(), List.of(), settings()));
  }

  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private static String fresh() {
      String name = "store" + DATABASES.incrementAndGet();
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
        return "jdbc:postgresql://localhost:" + POSTGRES.getPort() + "/" + name;
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
