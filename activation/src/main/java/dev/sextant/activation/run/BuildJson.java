// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sextant.model.Source;
import dev.sextant.query.BuiltRollup;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of a build as the store keeps them. */
final class BuildJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BuildJson() {}

  static String write(List<BuiltRollup.Table> tables) {
    ArrayNode all = JSON.createArrayNode();
    tables.forEach(table -> all.addObject()
        .put("warehouse", table.warehouse())
        .put("schema", table.source().schema().orElse(""))
        .put("name", table.source().name())
        .put("rows", table.rows()));
    return all.toString();
  }

  static List<BuiltRollup.Table> read(String text) {
    try {
      List<BuiltRollup.Table> tables = new ArrayList<>();
      for (JsonNode table : JSON.readTree(text)) {
        tables.add(new BuiltRollup.Table(table.path("warehouse").asText(), new Source.Table(Optional.empty(),
            Optional.of(table.path("schema").asText()), table.path("name").asText()), table.path("rows").asLong()));
      }
      return tables;
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
