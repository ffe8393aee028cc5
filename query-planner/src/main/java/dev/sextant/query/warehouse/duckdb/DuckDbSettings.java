// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.warehouse.statement.WarehouseOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** What the options of a DuckDB warehouse mean to the driver. Options that are not ours are DuckDB's own settings. */
record DuckDbSettings(String url, Properties properties, boolean onlyProjectFiles, int maxConnections, int maxQueued) {
  static final List<String> OURS = List.of("path", "read_only", "access", "max_connections", "max_queued");
  private static final String MEMORY = ":memory:";

  static DuckDbSettings of(WarehouseConfig config, Path folder) {
    WarehouseOptions options = new WarehouseOptions(config);
    String path = options.text("path").orElse(MEMORY);
    Properties properties = new Properties();
    if (path.equals(MEMORY)) {
      // Otherwise DuckDB would spill into the working directory of the process; it makes and removes this folder itself.
      properties.setProperty("temp_directory", Path.of(System.getProperty("java.io.tmpdir"), "sextant-" + UUID.randomUUID()).toString());
    }
    config.options().forEach((name, value) -> {
      if (!OURS.contains(name)) {
        properties.setProperty(name, value);
      }
    });
    properties.setProperty("duckdb.read_only", Boolean.toString(options.flag("read_only", false)));
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("jdbc_stream_results", "true");
    String file = path.equals(MEMORY) ? path : folder.resolve(path).toAbsolutePath().normalize().toString();
    return new DuckDbSettings("jdbc:duckdb:" + file, properties, options.choice("access", List.of("full", "project")).equals("project"),
        options.number("max_connections", 8), options.number("max_queued", 1_000));
  }
}
