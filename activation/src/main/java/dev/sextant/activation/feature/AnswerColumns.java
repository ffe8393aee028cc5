// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.model.Dataset;
import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.FeatureQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The columns of an engine's answer about a view: its keys, its features, and the newest event. */
record AnswerColumns(List<FeatureVersion.Key> keys, List<FeatureVersion.Feature> features) {
  private static final int ID_BYTES = 8;

  static AnswerColumns of(FeatureView view, VectorSchemaRoot batch, SemanticModel model) {
    List<FeatureVersion.Key> keys = new ArrayList<>();
    for (String entity : view.entities()) {
      for (String column : FeatureQuery.keyColumns(entity, parts(entity, model))) {
        keys.add(new FeatureVersion.Key(column, entity, StoredType.of(batch, column)));
      }
    }
    return new AnswerColumns(keys, view.features()
        .stream()
        .map(feature -> new FeatureVersion.Feature(feature.name(), StoredType.of(batch, feature.name())))
        .toList());
  }

  private static int parts(String entity, SemanticModel model) {
    return model.joins()
        .holders(entity)
        .stream()
        .map(Dataset::entities)
        .flatMap(List::stream)
        .filter(held -> held.target().equals(entity))
        .findFirst()
        .map(held -> held.keys().size())
        .orElse(1);
  }

  /** The version that the definition makes with these columns; its id is the hash of both. */
  FeatureVersion version(FeatureView view, String definition, Instant at) {
    String text = definition + "\n" + keys + "\n" + features;
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new FeatureVersion(HexFormat.of().formatHex(hash, 0, ID_BYTES), view.name(), keys, features, at, Optional.empty());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
