// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.model.Project;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens the database of runs: SQLite beside the project, or the PostgreSQL of {@code runs.store} in {@code sextant.yml}. */
public final class StoreConnections {
  /** The folder beside {@code sextant.yml} where what runs remember is kept. */
  public static final String FOLDER = ".sextant";
  private static final String STORE = "runs.store";
  private static final String SQLITE = "sqlite";
  private static final String PATIENCE = "runs.patience";
  private static final String MIGRATIONS = "classpath:dev/sextant/activation/run/migrations";

  private StoreConnections() {}

  /** The folder of a project where what runs remember is kept. */
  public static Path folder(Project project) {
    return project.folder().resolve(FOLDER);
  }

  /** How long a silent run of the project counts as alive. */
  public static Duration patience(Project project) {
    return Optional.ofNullable(project.settings().get(PATIENCE)).map(Intervals::read).orElse(Runner.PATIENCE);
  }

  /** Opens the database of a project and brings its tables up to date. */
  public static HikariDataSource open(Project project) {
    Map<String, String> settings = project.settings();
    String store = settings.getOrDefault(STORE, SQLITE);
    if (store.startsWith("jdbc:postgresql:")) {
      return postgres(store, settings, patience(project));
    }
    if (store.equals(SQLITE)) {
      return sqlite(file(project));
    }
    throw ActivationIssue.RUN_STORE.because(
        STORE + " in sextant.yml must be sqlite or a URL such as jdbc:postgresql://host:5432/database; found '" + store + "'.");
  }

  /** Whether there is a database; one that is not a file beside the project always counts as being there. */
  public static boolean isThere(Project project) {
    return !project.settings().getOrDefault(STORE, SQLITE).equals(SQLITE) || Files.exists(file(project));
  }

  private static Path file(Project project) {
    return project.folder().resolve(FOLDER).resolve("runs.db");
  }

  /** One connection, as SQLite has one writer. */
  static HikariDataSource sqlite(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The folder of " + file + " cannot be made: " + failure.getMessage(), failure);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:sqlite:" + file);
    config.setMaximumPoolSize(1);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", "20000");
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE"); // one that turns from reading to writing would not wait, but fail
    return inTurn(file, () -> migrated(config, Map.of("blob", "blob", "instant", "timestamp")));
  }

  /** Who opens a new file at once takes turns: the tables are made in several transactions. */
  private static synchronized HikariDataSource inTurn(Path file, Supplier<HikariDataSource> opening) {
    try (FileChannel channel = FileChannel.open(file.resolveSibling("runs.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      var unused = lock;
      return opening.get();
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The store of runs does not open: " + failure.getMessage(), failure);
    }
  }

  /** A server that is held up within a transaction must not keep others from taking its runs over: the database ends what is silent for too long. */
  private static HikariDataSource postgres(String url, Map<String, String> settings, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setConnectionInitSql("set idle_in_transaction_session_timeout = " + patience.toMillis());
    config.setMaximumPoolSize(8);
    if (settings.containsKey("runs.user")) {
      config.setUsername(settings.get("runs.user"));
    }
    if (settings.containsKey("runs.password")) {
      config.setPassword(settings.get("runs.password"));
    }
    return migrated(config, Map.of("blob", "bytea", "instant", "timestamp with time zone"));
  }

  private static HikariDataSource migrated(HikariConfig config, Map<String, String> types) {
    config.setPoolName("runs");
    try {
      HikariDataSource source = new HikariDataSource(config);
      try {
        Flyway.configure(StoreConnections.class.getClassLoader())
            .dataSource(source)
            .locations(MIGRATIONS)
            .table("sextant_migrations")
            .placeholders(types)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate();
        return source;
      } catch (FlywayException failure) {
        source.close();
        throw failure;
      }
    } catch (PoolInitializationException | FlywayException failure) {
      throw ActivationIssue.RUN_STORE.because("The store of runs does not open: " + failure.getMessage()
          + " Check runs.store, runs.user and runs.password in sextant.yml.", failure);
    }
  }
}
