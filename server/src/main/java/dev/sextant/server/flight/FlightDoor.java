// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.server.Backend;
import dev.sextant.server.Door;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.auth.Credentials;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.flight.session.SessionCookie;
import dev.sextant.server.flight.session.SessionStore;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The Arrow Flight SQL door: gRPC, over TLS where {@code server.flight.tls} names a certificate_file and a key_file in PEM. */
public final class FlightDoor implements Door {
  private static final String CERTIFICATE = "server.flight.tls.certificate_file";
  private static final String KEY = "server.flight.tls.key_file";
  private static final long PATIENCE_SECONDS = 2;

  /** It prints a stack trace for every batch that a client which leaves no longer takes. */
  private static final Logger CHATTERBOX = Logger.getLogger("io.grpc.netty.NettyServerHandler");

  private final Backend backend;
  private final Operations operations;
  private final InstantSource clock;
  private Optional<Open> open = Optional.empty();
  private boolean closed;

  /** What there is to close. */
  private record Open(FlightServer server, ExecutorService threads, BufferAllocator memory) {

    void close() {
      server.shutdown();
      threads.shutdown();
      try {
        if (!server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          server.close();
        }
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          threads.shutdownNow();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      memory.close();
    }
  }

  public FlightDoor(Backend backend, Operations operations, InstantSource clock) {
    this.backend = backend;
    this.operations = operations;
    this.clock = clock;
    CHATTERBOX.setLevel(Level.SEVERE);
  }

  @Override
  public String name() {
    return "flight";
  }

  @Override
  public synchronized void open(Supplier<ServerConfig> config) {
    if (closed) {
      return;
    }
    ServerConfig where = config.get();
    Map<String, String> settings = backend.model().model().project().settings();
    ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().name("flight-", 0).daemon().factory());
    BufferAllocator memory = new RootAllocator();
    try {
      FlightServer server = server(where, settings, threads, memory);
      server.start();
      open = Optional.of(new Open(server, threads, memory));
    } catch (IOException failure) {
      threads.shutdown();
      memory.close();
      throw new SextantException(Issue.of(ServerIssue.PORT_IN_USE, Position.NOWHERE, "The Flight door cannot open on port "
          + where.flightPort() + " (" + failure.getMessage() + "); choose another with --flight PORT or server.flight in sextant.yml."),
          failure);
    }
  }

  private FlightServer server(ServerConfig where, Map<String, String> settings, ExecutorService threads, BufferAllocator memory)
      throws IOException {
    Credentials credentials = Credentials.of(settings, clock);
    TokenCheck check = new TokenCheck(credentials);
    Statements statements = new Statements(backend, operations, where.limits().queryTimeout(), threads, memory);
    Function<CallContext, Caller> callers = credentials.required()
        ? context -> check.caller(context.getMiddleware(FlightConstants.HEADER_KEY).headers())
        : context -> Caller.ANONYMOUS;
    SqlProducer producer = new SqlProducer(backend, operations, statements, callers, memory);
    boolean tls = settings.containsKey(CERTIFICATE);
    Location location = tls ? Location.forGrpcTls(where.host(), where.flightPort())
        : Location.forGrpcInsecure(where.host(), where.flightPort());
    FlightServer.Builder builder = FlightServer
        .builder(memory, location, new GuardedProducer(producer, new FeatureTickets(backend, callers, memory)))
        .executor(threads)
        .maxInboundMessageSize(where.limits().bodyBytes())
        .middleware(SessionCookie.KEY, new SessionCookie.Factory(new SessionStore(clock)));
    if (credentials.required()) {
      builder.headerAuthenticator(check);
    }
    if (tls) {
      builder.useTls(Path.of(settings.getOrDefault(CERTIFICATE, "")).toFile(), Path.of(settings.getOrDefault(KEY, "")).toFile());
    }
    return builder.build();
  }

  @Override
  public synchronized int port() {
    return open.orElseThrow(() -> new IllegalStateException("the door is not open")).server().getPort();
  }

  /** New queries are refused where queries are counted; there is nothing else to do. */
  @Override
  public void drain() {}

  @Override
  public synchronized void close() {
    closed = true;
    open.ifPresent(Open::close);
    open = Optional.empty();
  }
}
