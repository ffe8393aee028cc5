// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sextant.jdbc.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A server that answers every statement as the test says, and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {
  private static final String ARROW = "application/vnd.apache.arrow.stream";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();
  private volatile Answer answer = (asked, reply) -> reply.arrow(Tables.numbers(1));
  private volatile String reason = "";
  private volatile int refusal;

  /** A request for a statement: its body as JSON, and its headers. */
  public record Asked(String sql, Map<?, ?> body, Map<String, List<String>> headers) {
    public String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }

    public List<?> parameters() {
      return body.get("parameters") instanceof List<?> list ? list : List.of();
    }

    public boolean isPrepare() {
      return Boolean.TRUE.equals(body.get("prepare"));
    }
  }

  /** Answers a statement. */
  public interface Answer {
    void to(Asked asked, Reply reply) throws IOException, InterruptedException;
  }

  public FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/sql", this::sql);
    server.createContext("/v1/queries/", this::query);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "jdbc:sextant://localhost:" + port() + "/";
  }

  /** From now on statements are answered by {@code next}; the driver's greeting always is. */
  public void answer(Answer next) {
    answer = next;
  }

  /** Refuses all callers with a status from now on. */
  public void refuse(int status) {
    refusal = status;
  }

  /** What a later question after a failed query is answered with. */
  public void reason(String json) {
    reason = json;
  }

  public List<Asked> asked() {
    return asked;
  }

  public Asked lastAsked() {
    return asked.get(asked.size() - 1);
  }

  /** The ids of cancelled queries. */
  public List<String> deleted() {
    return deleted;
  }

  private void sql(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<?, ?> body = (Map<?, ?>) JsonReader.read(text).orElseThrow();
    Asked request = new Asked(String.valueOf(body.get("sql")), body, exchange.getRequestHeaders());
    asked.add(request);
    Reply reply = new Reply(exchange);
    try {
      if (refusal != 0) {
        reply.send(refusal, "text/plain", new byte[0]);
      } else if (request.isPrepare() && request.sql().equals("select 1")) {
        exchange.getResponseHeaders().set("Sextant-Version", "1.2.3");
        reply.arrow(Tables.noNumbers());
      } else {
        answer.to(request, reply);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException clientHasGone) {
      // As servers see it when a client has had enough.
    } finally {
      exchange.close();
    }
  }

  private void query(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/v1/queries/".length());
    boolean delete = exchange.getRequestMethod().equals("DELETE");
    if (delete) {
      deleted.add(id);
      waiting.computeIfAbsent(id, key -> new CountDownLatch(1)).countDown();
    }
    byte[] body = (delete ? "{}" : reason).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(delete || !reason.isEmpty() ? 200 : 404, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The way to answer one request. */
  public final class Reply {
    private final HttpExchange exchange;

    private Reply(HttpExchange exchange) {
      this.exchange = exchange;
    }

    public void arrow(byte[] stream) throws IOException {
      send(200, ARROW, stream);
    }

    public void gzipped(byte[] stream) throws IOException {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
        out.write(stream);
      }
      arrow(zipped.toByteArray());
    }

    /** Sends parts of a stream and closes the connection in the middle of the answer. */
    public void brokenArrow(byte[] part) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", ARROW);
      exchange.sendResponseHeaders(200, part.length + 1000L);
      exchange.getResponseBody().write(part);
      exchange.getResponseBody().flush();
    }

    /** Sends a stream piece by piece, as long as the client wants it. */
    public OutputStream arrowStream() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", ARROW);
      exchange.sendResponseHeaders(200, 0);
      return exchange.getResponseBody();
    }

    public void error(int status, String sqlState, String message) throws IOException {
      send(status, "application/json",
          ("{\"error\":{\"code\":\"X\",\"sqlstate\":\"" + sqlState + "\",\"message\":\"" + message
              + "\",\"position\":{\"line\":2,\"column\":7},\"suggestions\":[]}}").getBytes(StandardCharsets.UTF_8));
    }

    public void send(int status, String type, byte[] body) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }

    /** Waits until the query is cancelled; false if nobody does for half a minute. */
    public boolean awaitCancel(Asked asked) throws InterruptedException {
      return waiting.computeIfAbsent(asked.header("Sextant-query-id"), key -> new CountDownLatch(1)).await(30, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
