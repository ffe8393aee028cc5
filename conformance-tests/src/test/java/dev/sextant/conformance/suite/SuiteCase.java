// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A line of a suite: a request or a statement, and what must come of it. */
record SuiteCase(String id, String project, JsonNode line) {

  Optional<JsonNode> request() {
    return Optional.ofNullable(line.get("request"));
  }

  String sql() {
    return line.path("sql").asText();
  }

  JsonNode expected() {
    return line.path("expect");
  }
}
