// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.serving.Features;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import java.io.IOException;

/** Tells the feature views a caller may see, and which versions of them are stored. */
record FeatureList(Features features, SemanticModel seen) {
  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] json() throws IOException {
    ObjectNode all = JSON.createObjectNode();
    ArrayNode views = all.putArray("views");
    features.serving().visible(seen).forEach(view -> {
      ObjectNode one = views.addObject().put("name", view.name());
      one.put("description", view.documentation().description());
      view.documentation().owner().ifPresent(owner -> one.put("owner", owner));
      ArrayNode entities = one.putArray("entities");
      view.entities().forEach(entities::add);
      ArrayNode names = one.putArray("features");
      features.serving().features(seen, view).forEach(names::add);
      view.maxAge().ifPresent(age -> one.put("max_age", age));
      view.online().ifPresent(online -> {
        one.put("store", online.store());
        online.schedule().ifPresent(schedule -> one.put("schedule", schedule));
        versions(view.name(), one);
      });
    });
    return JSON.writeValueAsBytes(all);
  }

  private void versions(String view, ObjectNode one) {
    ArrayNode versions = one.putArray("versions");
    try {
      Features.StoredVersions stored = features.versions(seen, view);
      for (FeatureVersion version : stored.all()) {
        ObjectNode node = versions.addObject().put("id", version.id()).put("begun", version.begun().toString());
        version.watermark().ifPresent(watermark -> node.put("watermark", watermark.toString()));
        node.put("served", stored.serving().filter(version.id()::equals).isPresent());
      }
    } catch (SextantException unreachable) {
      one.put("problem", unreachable.issue().message());
    }
  }
}
