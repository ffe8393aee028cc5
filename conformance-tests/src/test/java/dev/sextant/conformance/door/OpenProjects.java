// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.Warehouse;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.warehouse.Warehouses;
import dev.sextant.server.Door;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.http.HttpDoor;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Opens projects when they are first asked for, and closes them all. */
public final class OpenProjects implements AutoCloseable {
  private final Map<String, OpenProject> open = new HashMap<>();
  private final Path copies;

  public OpenProjects() {
    try {
      copies = Files.createTempDirectory("sextant-conformance");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A project of the scripts, by name. */
  public OpenProject named(String name) {
    return open.computeIfAbsent(name, any -> {
      try {
        return open(ProjectFolders.copy(name, copies.resolve(name)));
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("project '" + name + "' cannot be copied", e);
      }
    });
  }

  /** A project of anybody, by folder. */
  public OpenProject in(Path folder) {
    return open.computeIfAbsent(folder.toString(), any -> open(folder));
  }

  private static OpenProject open(Path folder) {
    SemanticModel model = switch (ModelLoader.load(folder, Map.of())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n", "the project is not valid\n", "")));
    };
    BufferAllocator memory = new RootAllocator();
    Warehouses warehouses = new Warehouses(model.project(), memory);
    Warehouse warehouse = warehouses.apply(model.project().defaultWarehouse());
    DefaultQueryEngine engine = new DefaultQueryEngine(() -> model, warehouses);
    Operations operations = Operations.start(InstantSource.system());
    Door http = new HttpDoor(ServerConfig.DEFAULT.withHttpPort(0), new ProjectBackend(model, engine, warehouse), operations, InstantSource.system());
    http.open();
    HttpClientDoor client = new HttpClientDoor(URI.create("http://localhost:" + http.port()));
    return new OpenProject(model, warehouse, engine, List.of(new EngineDoor(engine), client), List.of(http, operations, warehouses, memory));
  }

  @Override
  public void close() {
    for (OpenProject project : open.values()) {
      project.close();
    }
    deleteTree(copies);
  }

  private static void deleteTree(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
