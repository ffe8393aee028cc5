// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.QueryControl;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Projects opened twice: on the DuckDB they declare, and copied to PostgreSQL, tables and all. */
public final class PostgresProjects implements AutoCloseable {
  private final Map<Path, Twins> open = new LinkedHashMap<>();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<String> databases = new ArrayList<>();
  private final Path folder;

  /** One project on both warehouses. */
  record Twins(SemanticModel model, Asked duckdb, Asked postgres) {}

  public PostgresProjects() throws IOException {
    this.folder = Files.createTempDirectory("sextant-postgres");
  }

  Twins twins(Path project) throws IOException, SQLException {
    Twins known = open.get(project);
    if (known == null) {
      known = open(project);
      open.put(project, known);
    }
    return known;
  }

  private Twins open(Path project) throws IOException, SQLException {
    SemanticModel model = model(project);
    Warehouses duckdb = warehouses(model);
    SemanticModel moved = model(copy(project, model, duckdb));
    return new Twins(moved, asked(model, duckdb), asked(moved, warehouses(moved)));
  }

  /** Copies a project and its tables, and returns the folder of the one on PostgreSQL. */
  public Path copy(Path project) throws IOException, SQLException {
    SemanticModel model = model(project);
    return copy(project, model, warehouses(model));
  }

  private Path copy(Path project, SemanticModel model, Warehouses duckdb) throws IOException, SQLException {
    duckdb.apply(model.project().defaultWarehouse()).run("set global memory_limit = '2GB'", QueryControl.unlimited("limit")).close();
    String database = "project_" + ProcessHandle.current().pid() + "_" + databases.size();
    PostgresServer.create(database);
    databases.add(database);
    String url = PostgresServer.url(database);
    try (Connection connection = DriverManager.getConnection(url)) {
      new TableCopy(duckdb.apply(model.project().defaultWarehouse()), connection, folder).all();
    }
    Path copy = folder.resolve(database);
    copyTree(project, copy);
    Path settings = copy.resolve("sextant.yml");
    Files.writeString(settings, onPostgres(Files.readString(settings), model.project().defaultWarehouse(), url));
    return copy;
  }

  private static Asked asked(SemanticModel model, Warehouses warehouses) {
    return new Asked(new DefaultQueryEngine(() -> model, warehouses));
  }

  private Warehouses warehouses(SemanticModel model) {
    BufferAllocator memory = new RootAllocator();
    Warehouses warehouses = new Warehouses(model.project(), memory);
    parts.addFirst(memory);
    parts.addFirst(warehouses);
    return warehouses;
  }

  /** The settings with one warehouse, of the same name, on PostgreSQL. */
  private static String onPostgres(String settings, String warehouse, String url) {
    StringBuilder out = new StringBuilder();
    boolean inside = false;
    for (String line : settings.lines().toList()) {
      boolean top = !line.isBlank() && !Character.isWhitespace(line.charAt(0));
      inside = top ? line.startsWith("warehouses:") : inside;
      if (!inside) {
        out.append(line).append('\n');
      } else if (top) {
        out.append("warehouses:\n  ").append(warehouse).append(": {type: postgres, url: \"").append(url).append("\"}\n");
      }
    }
    return out.toString();
  }

  private static SemanticModel model(Path folder) {
    return switch (ModelLoader.load(folder, Map.of())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n", "the project is not valid\n", "")));
    };
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else if (path.toString().endsWith(".yml") || path.toString().endsWith(".yaml")) {
          Files.copy(path, copy);
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
    for (String database : databases) {
      PostgresServer.drop(database);
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
