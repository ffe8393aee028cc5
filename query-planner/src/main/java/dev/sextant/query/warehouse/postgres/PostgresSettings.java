// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.warehouse.statement.InitStatements;
import dev.sextant.query.warehouse.statement.WarehouseOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** What the options of a PostgreSQL warehouse mean to the pool. Options that are not ours are properties of the driver. */
record PostgresSettings(HikariConfig pool, String host, int maxConnections, int maxQueued) {
  private static final List<String> OURS = List.of("url", "user", "password", "max_connections", "max_queued");
  private static final List<String> DRIVERS = Arrays.stream(PGProperty.values()).map(PGProperty::getName).toList();
  /** Statements hold a connection each; describing tables must not wait for them. */
  private static final int CONNECTIONS_TO_DESCRIBE = 2;
  private static final int CONNECT_SECONDS = 10;

  static PostgresSettings of(WarehouseConfig config, Path folder) {
    WarehouseOptions options = new WarehouseOptions(config);
    String url = options.text("url")
        .orElseThrow(() -> options.wrong("url", "is missing; it is such as jdbc:postgresql://host/database", List.of()));
    int maxConnections = options.number("max_connections", 8);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("sextant-" + config.name());
    pool.setJdbcUrl(url);
    options.text("user").ifPresent(pool::setUsername);
    options.text("password").ifPresent(pool::setPassword);
    pool.setMaximumPoolSize(maxConnections + CONNECTIONS_TO_DESCRIBE);
    pool.setMinimumIdle(0);
    // One attempt to connect when the pool is made: nobody needs to wait for a host that is down.
    pool.setInitializationFailTimeout(1);
    pool.setConnectionTimeout(1_000L * CONNECT_SECONDS);
    pool.setDataSourceProperties(driverProperties(config, options));
    pool.setConnectionInitSql("set time zone 'UTC'" + InitStatements.of(config, folder)
        .stream()
        .map(InitStatements.Script::sql)
        .map(PostgresWarehouse::withoutEnd)
        .map(sql -> ";\n" + sql)
        .collect(Collectors.joining()));
    return new PostgresSettings(pool, host(url, options), maxConnections, options.number("max_queued", 1_000));
  }

  private static Properties driverProperties(WarehouseConfig config, WarehouseOptions options) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "sextant");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("cancelSignalTimeout", "2");
    properties.setProperty("tcpKeepAlive", "true");
    config.options().forEach((name, value) -> {
      if (!OURS.contains(name)) {
        if (!DRIVERS.contains(name)) {
          throw unknown(name, options);
        }
        properties.setProperty(name, value);
      }
    });
    return properties;
  }

  private static SextantException unknown(String name, WarehouseOptions options) {
    List<String> near = NearestNames.to(name, Stream.concat(OURS.stream(), DRIVERS.stream()).toList());
    return options.wrong(name, "is known neither to us nor to the PostgreSQL driver", near);
  }

  /** Errors name the host and nothing else of the URL, which may hold a password. */
  private static String host(String url, WarehouseOptions options) {
    Properties parsed = Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw options.wrong("url", "must be such as jdbc:postgresql://host/database", List.of());
    }
    return PGProperty.PG_HOST.getOrDefault(parsed) + ":" + PGProperty.PG_PORT.getOrDefault(parsed);
  }
}
