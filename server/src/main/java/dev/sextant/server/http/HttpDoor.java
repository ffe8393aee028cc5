// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.Backend;
import dev.sextant.server.Door;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.ask.ReadQueries;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.http.connection.WatchedConnector;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.WarehouseHealth;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The HTTP door: Javalin on virtual threads. */
public final class HttpDoor implements Door {
  private static final int UNLIMITED = 0;

  private final Operations operations;
  private final Origins origins;
  private final Callers callers;
  private final List<Route> routes;
  private final Javalin javalin;
  private volatile Supplier<ServerConfig> config = () -> ServerConfig.DEFAULT;
  private volatile boolean draining;

  /** {@code mounts} are protocols that answer behind paths of this door. */
  public HttpDoor(Backend backend, Operations operations, InstantSource clock, List<HttpMount> mounts) {
    this.operations = operations;
    this.origins = new Origins(backend);
    this.callers = new Callers(backend, clock);
    this.routes = routes(backend, clock, mounts);
    this.javalin = Javalin.create(this::configure);
  }

  private List<Route> routes(Backend backend, InstantSource clock, List<HttpMount> mounts) {
    List<Route> routes = new ArrayList<>();
    ReadQueries read = new ReadQueries();
    routes.addAll(
        new QueryRoutes(backend, new Answering(operations, () -> config.get().limits()), read, new UrlQueries(read)).routes());
    routes.addAll(new CatalogRoutes(backend).routes());
    routes.addAll(new OperationRoutes(backend, operations, new WarehouseHealth(clock), clock).routes());
    routes.addAll(new CacheRoutes(backend).routes());
    routes.addAll(new AdviceRoutes(backend).routes());
    routes.addAll(new RunRoutes(backend, () -> config.get().limits()).routes());
    routes.addAll(new Pages().routes());
    mounts.forEach(mount -> routes.addAll(new MountRoutes(mount, () -> config.get().limits()).routes()));
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
  public void open(Supplier<ServerConfig> where) {
    config = where;
    try {
      javalin.start();
    } catch (JavalinBindException taken) {
      throw new SextantException(Issue.of(ServerIssue.PORT_IN_USE, Position.NOWHERE, "Port " + where.get().httpPort()
          + " is taken; choose another with --http PORT or server.http in sextant.yml."), taken);
    }
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
      http.addCustomizer(new SecureRequestCustomizer(false));
      return new WatchedConnector(server, http, () -> config.get());
    });
    javalinConfig.jetty.modifyServer(HttpDoor::adapt);
    RequestLoop loop = new RequestLoop(name(), operations.meters(), () -> draining, origins, callers);
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

  /** As many virtual threads as there are requests, which wait for each other elsewhere; the selector is one of them and needs nobody to wake. */
  private static ThreadPool threads() {
    VirtualThreadPool threads = new VirtualThreadPool(UNLIMITED);
    threads.setName("http-");
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
    origins.preflight(context, methods);
    context.status(204);
  }

  private static void adapt(Server server) {
    server.setOpenEarly(false); // the port comes last: it may not be known yet, and who connects is answered
    server.setErrorHandler(new JettyErrors());
  }
}
