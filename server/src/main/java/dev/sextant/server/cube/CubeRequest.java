// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.HttpMount;
import dev.sextant.server.error.ServerIssue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request of a client: its members come as parameters of a GET or in the JSON body of a POST. */
record CubeRequest(JsonNode members, Caller caller, Optional<String> requestId) {
  private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int MOST_QUERIES = 20;

  static CubeRequest of(HttpMount.Ask ask, Caller caller) throws IOException {
    JsonNode members = ask.method().equals("POST") ? read(ask.body().text()) : JSON.valueToTree(ask.parameters());
    return new CubeRequest(members, caller, ask.headers().header("x-request-id"));
  }

  private static JsonNode read(String text) {
    try {
      return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new SextantException(Issue.of(ServerIssue.INVALID_JSON, Optional.ofNullable(malformed.getLocation())
          .map(at -> new Position("", at.getLineNr(), at.getColumnNr()))
          .orElse(Position.NOWHERE), "Not JSON: " + malformed.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  /** A member; parameters of a GET are lists of one text. */
  JsonNode member(String name) {
    JsonNode value = members.path(name);
    return value.isArray() && value.size() == 1 && value.get(0).isTextual() ? value.get(0) : value;
  }

  boolean flag(String name) {
    return member(name).asText().equals("true");
  }

  /** The query, in parameters written as JSON. */
  JsonNode query() {
    JsonNode query = member("query");
    if (query instanceof MissingNode || query.isNull()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "Query param is required");
    }
    return query.isTextual() ? read(query.asText()) : query;
  }

  /** The queries: several are blended. */
  List<JsonNode> queries() {
    JsonNode query = query();
    if (!query.isArray()) {
      return List.of(query);
    }
    List<JsonNode> all = new ArrayList<>();
    query.forEach(all::add);
    if (all.size() > MOST_QUERIES) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "One request asks " + all.size() + " queries; the most is " + MOST_QUERIES + ".");
    }
    if (all.isEmpty()) {
      throw Problem.of(QueryIssue.EMPTY_QUERY, "The list of queries is empty.");
    }
    return all;
  }
}
