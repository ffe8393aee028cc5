// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Receives webhooks as their contract says: keeps rows by key, drops messages it has seen, and fails when a test tells it to. */
public final class Receiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private final HttpServer server;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> rows = new TreeMap<>();
  private final List<HttpExchange> requests = new ArrayList<>();
  private final List<JsonNode> bodies = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private Optional<String> refusedKey = Optional.empty();
  private volatile long pause;
  private long sent;
  private boolean refusesAll;

  /** An answer out of turn: its status, a header, and whether the rows are taken all the same. */
  public record Fault(int status, Map<String, String> headers, boolean takes) {}

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/hook";
  }

  /** Takes its time over every message. */
  public synchronized void slow(long millis) {
    pause = millis;
  }

  /** How many rows came, repeats included. */
  public synchronized long sent() {
    return sent;
  }

  public synchronized void next(Fault fault) {
    faults.add(fault);
  }

  synchronized void refuse(String key) {
    refusedKey = Optional.of(key);
  }

  synchronized void refuseAll(boolean all) {
    refusesAll = all;
  }

  synchronized void refuseNothing() {
    refusedKey = Optional.empty();
  }

  public synchronized int count() {
    return rows.size();
  }

  public synchronized Map<String, String> rows() {
    return new TreeMap<>(rows);
  }

  public synchronized List<JsonNode> bodies() {
    return List.copyOf(bodies);
  }

  synchronized List<HttpExchange> requests() {
    return List.copyOf(requests);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    take(exchange);
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    requests.add(exchange);
    bodies.add(body);
    sent += body.path("rows").size();
    Fault fault = faults.isEmpty() ? new Fault(200, Map.of(), true) : faults.poll();
    int status = fault.status();
    for (JsonNode row : body.path("rows")) {
      if (refusesAll || refusedKey.filter(row.path("key").toString()::equals).isPresent()) {
        status = 422;
      }
    }
    if (fault.takes() && status != 422 && seen.add(exchange.getRequestHeaders().getFirst("webhook-id"))) {
      body.path("rows").forEach(this::keep);
    }
    fault.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void keep(JsonNode row) {
    String key = row.path("key").toString();
    if (row.path("op").asText().equals("delete")) {
      rows.remove(key);
    } else {
      rows.put(key, row.path("fields").toString());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
