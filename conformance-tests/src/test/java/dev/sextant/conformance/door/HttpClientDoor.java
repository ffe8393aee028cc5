// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.conformance.Answer;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.model.Position;
import dev.sextant.server.ask.MetricQueryToJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks over HTTP with JSON in and out. */
public final class HttpClientDoor implements DoorUnderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI server;
  private final HttpClient client = HttpClient.newHttpClient();

  public HttpClientDoor(URI server) {
    this.server = server;
  }

  /** A status and a body. */
  public record Reply(int status, JsonNode body) {}

  @Override
  public String name() {
    return "http";
  }

  @Override
  public boolean takes(Question question) {
    return true;
  }

  @Override
  public Answer ask(Question question) {
    return answer(switch (question) {
      case Question.Metrics metrics -> post("/v1/query", MetricQueryToJson.write(metrics.query()));
      case Question.Sql sql -> post("/v1/sql", JsonNodeFactory.instance.objectNode().put("sql", sql.statement()));
    });
  }

  private static Answer answer(Reply reply) {
    if (reply.status() == 200) {
      return new Answer.Rows(JsonTable.read(reply.body()));
    }
    List<Answer.Complaint> complaints = new ArrayList<>();
    JsonNode all = reply.body().has("errors") ? reply.body().path("errors") : JSON.createArrayNode().add(reply.body().path("error"));
    all.forEach(error -> complaints.add(complaint(error)));
    return new Answer.Refusal(complaints);
  }

  private static Answer.Complaint complaint(JsonNode error) {
    JsonNode place = error.path("position");
    Position position = place.isObject()
        ? new Position(place.path("file").asText(""), place.path("line").asInt(), place.path("column").asInt())
        : Position.NOWHERE;
    return new Answer.Complaint(error.path("code").asText("NO_CODE"), error.path("message").asText(), position);
  }

  /** Posts a body to a path of the server. */
  public Reply post(String path, JsonNode body) {
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (HttpTimeoutException e) {
      return new Reply(0,
          JSON.createObjectNode().set("error", JSON.createObjectNode().put("code", "NO_ANSWER").put("message", "no answer in time")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
