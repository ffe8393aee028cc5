// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** HubSpot's batch endpoints as their documentation has them: partial answers, silent ones, archiving by id. */
public final class HubSpot implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, String> contacts = new TreeMap<>();
  private final Set<String> invalid = new HashSet<>();
  private int silentAnswers;
  private long sent;

  public HubSpot() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/crm/v3/objects/contacts/batch/upsert", this::upsert);
    server.createContext("/crm/v3/objects/contacts/batch/archive", this::archive);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  public synchronized Map<String, String> contacts() {
    return new TreeMap<>(contacts);
  }

  public synchronized int count() {
    return contacts.size();
  }

  /** How many rows came in upserts. */
  public synchronized long sent() {
    return sent;
  }

  synchronized void refuse(String email) {
    invalid.add(email);
  }

  synchronized void beSilent(int answers) {
    silentAnswers = answers;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void upsert(HttpExchange exchange) throws IOException {
    ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
    ArrayNode results = answer.putArray("results");
    ArrayNode errors = answer.putArray("errors");
    JsonNode inputs = JSON.readTree(exchange.getRequestBody()).path("inputs");
    sent += inputs.size();
    if (silentAnswers > 0) {
      silentAnswers--;
    } else {
      for (JsonNode input : inputs) {
        upsert(input, results, errors);
      }
    }
    reply(exchange, errors.isEmpty() ? 200 : 207, answer);
  }

  private void upsert(JsonNode input, ArrayNode results, ArrayNode errors) {
    String id = input.path("id").asText();
    String trace = input.path("objectWriteTraceId").asText();
    if (invalid.contains(id)) {
      ObjectNode error = errors.addObject().put("category", "VALIDATION_ERROR").put("message", "Email address " + id + " is invalid");
      error.putObject("context").putArray("objectWriteTraceId").add(trace);
    } else {
      contacts.put(id, input.path("properties").toString());
      results.addObject().put("id", "hs-" + id).put("objectWriteTraceId", trace);
    }
  }

  private synchronized void archive(HttpExchange exchange) throws IOException {
    JSON.readTree(exchange.getRequestBody()).path("inputs").forEach(input -> contacts.remove(input.path("id").asText().substring(3)));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
