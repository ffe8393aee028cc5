// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.model.DataType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A version as stores keep it beside its rows. */
final class VersionJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VersionJson() {}

  static byte[] write(FeatureVersion version) {
    ObjectNode all = JSON.createObjectNode().put("id", version.id()).put("view", version.view());
    ArrayNode keys = all.putArray("keys");
    version.keys().forEach(key -> type(keys.addObject().put("name", key.name()).put("entity", key.entity()), key.type()));
    ArrayNode features = all.putArray("features");
    version.features().forEach(feature -> type(features.addObject().put("name", feature.name()), feature.type()));
    all.put("begun", version.begun().toString());
    version.watermark().ifPresent(watermark -> all.put("watermark", watermark.toString()));
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void type(ObjectNode node, DataType type) {
    node.put("type", type.kind().name()).put("precision", type.precision()).put("scale", type.scale());
  }

  static FeatureVersion read(byte[] bytes) {
    try {
      JsonNode all = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      List<FeatureVersion.Key> keys = new ArrayList<>();
      all.path("keys")
          .forEach(key -> keys.add(new FeatureVersion.Key(key.path("name").asText(), key.path("entity").asText(), type(key))));
      List<FeatureVersion.Feature> features = new ArrayList<>();
      all.path("features").forEach(feature -> features.add(new FeatureVersion.Feature(feature.path("name").asText(), type(feature))));
      return new FeatureVersion(all.path("id").asText(), all.path("view").asText(), keys, features,
          Instant.parse(all.path("begun").asText()),
          all.has("watermark") ? Optional.of(Instant.parse(all.path("watermark").asText())) : Optional.empty());
    } catch (JsonProcessingException broken) {
      throw FeatureIssue.ONLINE_STORE.because("What the online store says about a feature view cannot be read: " + broken.getMessage(),
          broken);
    }
  }

  private static DataType type(JsonNode node) {
    return new DataType(DataType.Kind.valueOf(node.path("type").asText()), node.path("precision").asInt(), node.path("scale").asInt());
  }
}
