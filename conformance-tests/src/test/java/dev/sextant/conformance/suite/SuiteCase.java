// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A line of a suite: a request or a statement, and what must come of it. */
public record SuiteCase(String id, String project, JsonNode line) {

  public Optional<JsonNode> request() {
    return Optional.ofNullable(line.get("request"));
  }

  public String sql() {
    return line.path("sql").asText();
  }

  public JsonNode expected() {
    return line.path("expect");
  }
}
