// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.RunReport;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A report as the store keeps it. */
final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  static String write(RunReport report) {
    ObjectNode all = JSON.createObjectNode();
    ObjectNode counters = all.putObject("counters");
    report.counters().forEach(counters::put);
    report.problem().ifPresent(problem -> all.put("code", problem.code()).put("message", problem.message()));
    return all.toString();
  }

  static RunReport read(String text) {
    try {
      JsonNode all = JSON.readTree(text);
      Map<String, Long> counters = new LinkedHashMap<>();
      all.path("counters").properties().forEach(entry -> counters.put(entry.getKey(), entry.getValue().asLong()));
      return new RunReport(counters, all.has("code")
          ? Optional.of(new RunReport.Problem(all.path("code").asText(), all.path("message").asText()))
          : Optional.empty());
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
