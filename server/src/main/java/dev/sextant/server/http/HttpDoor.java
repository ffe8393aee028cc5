// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.Backend;
import dev.sextant.server.Door;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.WarehouseHealth;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP door: Javalin on virtual threads. */
public final class HttpDoor implements Door {
  private static final int MOST_PLATFORM_THREADS = 32;
  private static final int FEWEST_PLATFORM_THREADS = 4;

  private final ServerConfig config;
  private final Operations operations;
  private final List<Route> routes;
  private final Javalin javalin;
  private volatile boolean draining;

  public HttpDoor(ServerConfig config, Backend backend, Operations operations, InstantSource clock) {
    this.config = config;
    this.operations = operations;
    this.routes = routes(config, backend, operations, clock);
    this.javalin = Javalin.create(this::configure);
  }

  private static List<Route> routes(ServerConfig config, Backend backend, Operations operations, InstantSource clock) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new QueryRoutes(backend, operations, config.limits()).routes());
    routes.addAll(new CatalogRoutes(backend).routes());
    routes.addAll(new OperationRoutes(backend, operations, new WarehouseHealth(clock), clock).routes());
    routes.addAll(new Pages().routes());
    return List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public void open() {
    javalin.start();
  }

  @Override
  public int port() {
    return javalin.port();
  }

  @Override
  public void drain() {
    draining = true;
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig javalinConfig) {
    javalinConfig.startup.showJavalinBanner = false;
    javalinConfig.startup.showOldJavalinVersionWarning = false;
    javalinConfig.startup.startupWatcherEnabled = false;
    javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
    javalinConfig.concurrency.useVirtualThreads = true;
    javalinConfig.jetty.threadPool = threads();
    javalinConfig.jetty.addConnector((server, http) -> {
      http.setSendServerVersion(false);
      http.setSendDateHeader(false);
      WatchedConnector connector = new WatchedConnector(server, http);
      connector.setHost(config.host());
      connector.setPort(config.httpPort());
      return connector;
    });
    javalinConfig.jetty.modifyServer(HttpDoor::hideErrorPages);
    RequestLoop loop = new RequestLoop(name(), operations.meters(), () -> draining);
    routes.forEach(route -> register(javalinConfig, loop, route));
    routes.stream()
        .map(Route::path)
        .distinct()
        .forEach(path -> javalinConfig.routes.addHttpHandler(HandlerType.OPTIONS, path, this::options));
    javalinConfig.routes.exception(HttpResponseException.class,
        (refused, context) -> loop.run(context, "unknown", unknown -> {
          throw Errors.noSuchRoute(unknown, routes);
        }));
  }

  /** Selectors need platform threads: on a virtual one each would hold a carrier that requests need. */
  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_PLATFORM_THREADS, FEWEST_PLATFORM_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    return threads;
  }

  private static void register(JavalinConfig javalinConfig, RequestLoop loop, Route route) {
    javalinConfig.routes.addHttpHandler(route.method(), route.path(), context -> loop.run(context, route.path(), route.work()));
    if (route.method().equals(HandlerType.GET)) {
      javalinConfig.routes.addHttpHandler(HandlerType.HEAD, route.path(), context -> loop.run(context, route.path(), route.work()));
    }
  }

  private void options(Context context) {
    List<String> methods = new ArrayList<>(Errors.methods(context.path(), routes));
    methods.add("OPTIONS");
    context.header("Allow", String.join(", ", methods));
    context.status(204);
  }

  private static void hideErrorPages(Server server) {
    server.setErrorHandler(new JettyErrors());
  }
}
