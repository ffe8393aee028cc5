// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An entity's key as part of a version's keys: from which part on, and which parts. */
record ErasedKey(int first, List<byte[]> parts) {

  /** The key in the form of a version; none if that is not keyed by the entity or its key is of other types. */
  static Optional<ErasedKey> of(FeatureVersion version, String entity, List<String> key) {
    List<byte[]> parts = new ArrayList<>();
    int first = -1;
    for (int i = 0; i < version.keys().size(); i++) {
      FeatureVersion.Key part = version.keys().get(i);
      if (part.entity().equals(entity)) {
        first = first < 0 ? i : first;
        KeyPacker packer = new KeyPacker();
        if (parts.size() == key.size() || !KeyValues.written(part.type(), key.get(parts.size()), packer)) {
          return Optional.empty();
        }
        parts.add(packer.key());
      }
    }
    return first < 0 || parts.size() != key.size() ? Optional.empty() : Optional.of(new ErasedKey(first, parts));
  }

  boolean isPartOf(byte[] stored) {
    return KeyParts.hold(stored, first, parts);
  }
}
