// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.model.SextantException;
import dev.sextant.server.Backend;
import dev.sextant.server.Door;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.auth.Credentials;
import dev.sextant.server.avatica.AvaticaMount;
import dev.sextant.server.cube.CubeApi;
import dev.sextant.server.dbt.DbtMount;
import dev.sextant.server.features.FeatureApi;
import dev.sextant.server.flight.FlightDoor;
import dev.sextant.server.graphql.GraphqlMount;
import dev.sextant.server.http.HttpDoor;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.QuestionLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A project behind its doors. The project is read and its planner warmed up in one thread while the doors open in another; questions that
 * come in meanwhile wait.
 */
public final class SextantServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.server");

  static {
    Carriers.ensure();
  }

  private final InstantSource clock = InstantSource.system();
  private final Operations operations = Operations.start(clock);
  private final CompletableFuture<OpenProject> project;
  private final CompletableFuture<ServerConfig> config;
  private final Door http;
  private final Door flight;
  private final List<Door> doors;
  private final CompletableFuture<Integer> flightPort = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private SextantServer(Path folder, Map<String, String> environment, UnaryOperator<ServerConfig> change) {
    this.project = CompletableFuture.supplyAsync(() -> {
      OpenProject open = OpenProject.live(folder, environment, clock);
      open.tellOfRuns(operations.meters().runs());
      QuestionLog.of(folder, open.model().model().project().settings(), clock).ifPresent(open::logQuestions);
      return open;
    }, SextantServer::inBackground);
    this.config = project.thenApply(open -> change.apply(config(open.model().model().project().settings())));
    Backend backend = new StartingBackend(project);
    List<HttpMount> mounts = new ArrayList<>(List.of(new GraphqlMount(backend, operations, config::join),
        new AvaticaMount(backend, operations, config::join), new DbtMount(backend, operations, config::join, clock)));
    mounts.addAll(CubeApi.mounts(backend, operations, config::join, clock));
    mounts.addAll(FeatureApi.mounts(backend));
    this.http = new HttpDoor(backend, operations, clock, mounts);
    this.flight = new FlightDoor(backend, operations, clock);
    this.doors = List.of(http, flight);
  }

  /**
   * Serves the project in a folder; {@code change} adapts what its {@code sextant.yml} says. An exception carries everything that is wrong
   * with the project.
   */
  public static SextantServer start(Path folder, Map<String, String> environment, UnaryOperator<ServerConfig> change) {
    long started = System.nanoTime();
    SextantServer server = new SextantServer(folder, environment, change);
    try {
      server.open();
    } catch (RuntimeException failure) {
      server.flight.close();
      server.operations.close();
      throw known(failure);
    }
    LOG.info("Serving '{}' on {}://localhost:{} after {} ms", server.project.join().model().model().project().name(),
        server.config.join().httpTls().isPresent() ? "https" : "http", server.httpPort(), (System.nanoTime() - started) / 1_000_000);
    return server;
  }

  /** What the settings say; an exception says which of them mean nothing. */
  private ServerConfig config(Map<String, String> settings) {
    var unused = Credentials.of(settings, clock);
    return ServerConfig.of(settings);
  }

  private void open() {
    CompletableFuture<Void> warm = project.thenAccept(OpenProject::warmUp);
    doors.forEach(door -> operations.doors().opening(door.name()));
    var unused = warm.exceptionally(failure -> {
      if (!project.isCompletedExceptionally()) {
        LOG.warn("The planner could not be warmed up", failure);
      }
      return null;
    }).thenRunAsync(this::openFlight, SextantServer::inBackground).thenRun(this::startRuns);
    http.open(config::join);
    operations.doors().open(http.name(), http.port());
  }

  /** Its classes would make the first answer over HTTP slower, so this door opens when all else is done; without it the others serve on. */
  private void openFlight() {
    if (project.isCompletedExceptionally()) {
      return;
    }
    try {
      flight.open(config::join);
      flightPort.complete(flight.port());
      operations.doors().open(flight.name(), flight.port());
      LOG.info("Arrow Flight SQL listens on port {}", flight.port());
    } catch (RuntimeException failure) {
      operations.doors().failed(flight.name(), String.valueOf(failure.getMessage()));
      flightPort.completeExceptionally(failure);
      LOG.error("The Flight door does not open: {}", failure.getMessage());
    }
  }

  private void startRuns() {
    try {
      project.join().startRuns();
    } catch (SextantException failure) {
      LOG.error("Nothing runs by the clock: {}", failure.getMessage());
    }
  }

  /** Finds the issues in what a starting thread threw. */
  private static RuntimeException known(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SextantException issues) {
        return issues;
      }
    }
    return failure instanceof CompletionException wrapped && wrapped.getCause() instanceof RuntimeException cause ? cause : failure;
  }

  private static void inBackground(Runnable task) {
    Thread.ofPlatform().name("project").daemon().start(task);
  }

  /** The port of the HTTP door. */
  public int httpPort() {
    return http.port();
  }

  /** The port of the Flight door, which opens last. */
  public CompletableFuture<Integer> flightPort() {
    return flightPort.copy();
  }

  /** Lets running queries end, as long as the configuration allows, then cancels them and closes everything. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Stopping; {} queries run", operations.queries().count());
    doors.forEach(Door::drain);
    try {
      operations.queries().drain(config.join().limits().drain());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    doors.forEach(Door::close);
    operations.close();
    project.join().close();
  }
}
