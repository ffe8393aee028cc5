// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.engine.DefaultSqlEngine;
import dev.sextant.server.boot.SextantServer;
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
import java.util.stream.Stream;

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

  /** A project of the scripts, by name. Rollups of those that are there for scripts only are built for the engine; other doors do without. */
  public OpenProject named(String name) {
    return open.computeIfAbsent(name, any -> {
      try {
        OpenProject project = open(ProjectFolders.copy(name, copies.resolve(name)));
        if (!ProjectFolders.isExample(name)) {
          project.model().definitions().rollups().forEach(rollup -> build(rollup.name(), project));
        }
        return project;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("project '" + name + "' cannot be copied", e);
      }
    });
  }

  private static void build(String rollup, OpenProject project) {
    Run run = project.backend().activations().run(new Run.Target(RunKind.ROLLUP, rollup), Scope.ALL);
    if (run.state() != RunState.SUCCEEDED) {
      throw new IllegalStateException(rollup + ": " + run.report());
    }
  }

  /** A project of anybody, by folder. */
  public OpenProject in(Path folder) {
    return open.computeIfAbsent(folder.toString(), any -> open(folder));
  }

  private static OpenProject open(Path folder) {
    dev.sextant.server.boot.OpenProject backend = dev.sextant.server.boot.OpenProject.once(folder, Map.of(), InstantSource.system());
    SqlEngine sql = new DefaultSqlEngine(() -> backend.model().model(), backend.warehouses());
    SextantServer server = SextantServer.start(folder, Map.of(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
    HttpClientDoor http = new HttpClientDoor(URI.create("http://127.0.0.1:" + server.httpPort()));
    return new OpenProject(backend,
        List.of(new EngineDoor(backend.engine(), sql), http, new GraphqlClientDoor(http), new FlightClientDoor(server.flightPort().join())),
        server);
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
