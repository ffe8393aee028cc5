// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.Basis;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.Scope;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports, scopes and bases as the store keeps them. */
final class StoredJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredJson() {}

  static String write(RunReport report) {
    ObjectNode all = JSON.createObjectNode();
    ObjectNode counters = all.putObject("counters");
    report.counters().forEach(counters::put);
    report.problem().ifPresent(problem -> all.put("code", problem.code()).put("message", problem.message()));
    return all.toString();
  }

  static RunReport report(String text) {
    JsonNode all = parse(text);
    Map<String, Long> counters = new LinkedHashMap<>();
    all.path("counters").properties().forEach(entry -> counters.put(entry.getKey(), entry.getValue().asLong()));
    return new RunReport(counters, all.has("code")
        ? Optional.of(new RunReport.Problem(all.path("code").asText(), all.path("message").asText()))
        : Optional.empty());
  }

  static String write(Scope scope) {
    ObjectNode all = JSON.createObjectNode();
    switch (scope) {
      case Scope.Changes changes -> {
      }
      case Scope.All everything -> all.put("all", true);
      case Scope.Rows rows -> all.set("rows", JSON.valueToTree(rows.keys()));
    }
    return all.toString();
  }

  static Scope scope(String text) {
    JsonNode all = parse(text);
    if (all.has("rows")) {
      List<String> keys = new ArrayList<>();
      all.path("rows").forEach(key -> keys.add(key.asText()));
      return new Scope.Rows(keys);
    }
    return all.path("all").asBoolean() ? Scope.ALL : Scope.CHANGES;
  }

  static String write(Basis basis) {
    ObjectNode all = JSON.createObjectNode().put("definition", basis.definition());
    ObjectNode sources = all.putObject("sources");
    basis.sources().forEach(sources::put);
    return all.toString();
  }

  static Basis basis(String text) {
    JsonNode all = parse(text);
    Map<String, String> sources = new LinkedHashMap<>();
    all.path("sources").properties().forEach(entry -> sources.put(entry.getKey(), entry.getValue().asText()));
    return new Basis(all.path("definition").asText(), sources);
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
