// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import dev.sextant.model.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a feature view as it is stored: {@code id} is the hash of its definition, {@code keys} and {@code features} are its columns
 * in the order in which they are packed. {@code watermark} is the instant up to which everything is there; none before the first run has
 * ended.
 */
public record FeatureVersion(String id, String view, List<Key> keys, List<Feature> features, Instant begun, Optional<Instant> watermark) {

  /** A part of the key: the column's name, the entity it belongs to, and its type. */
  public record Key(String name, String entity, DataType type) {}

  /** A feature's name and type. */
  public record Feature(String name, DataType type) {}

  public FeatureVersion {
    keys = List.copyOf(keys);
    features = List.copyOf(features);
  }

  /** The place of a feature among the packed ones, or -1. */
  public int slot(String feature) {
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i).name().equals(feature)) {
        return i;
      }
    }
    return -1;
  }

  /** The same once everything up to {@code instant} is there. */
  public FeatureVersion upTo(Instant instant) {
    return new FeatureVersion(id, view, keys, features, begun, Optional.of(instant));
  }
}
