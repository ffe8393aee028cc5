// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.FeatureVersion.Feature;
import dev.sextant.activation.FeatureVersion.Key;
import dev.sextant.activation.OnlineStore;
import dev.sextant.model.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions, keys and rows for tests. */
final class Rows {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final String RUN = "0b6e63b5-0f5c-4a4e-9d44-000000000001";

  private Rows() {}

  static FeatureVersion version(String id, String view, Key... keys) {
    return new FeatureVersion(id, view, List.of(keys), List.of(new Feature("name", DataType.STRING)), NOON, Optional.empty());
  }

  static Key key(String entity, DataType type) {
    return new Key(entity, entity, type);
  }

  static byte[] packed(FeatureVersion version, @Nullable Object... parts) {
    KeyPacker packer = new KeyPacker();
    for (int i = 0; i < parts.length; i++) {
      Object part = parts[i] instanceof Integer number ? BigDecimal.valueOf(number) : parts[i];
      if (!KeyValues.put(version.keys().get(i).type(), part, packer)) {
        throw new IllegalArgumentException(part + " is no " + version.keys().get(i).type());
      }
    }
    return packer.key();
  }

  static byte[] row(FeatureVersion version, Instant asOf, Instant created, String value) {
    return row(version, asOf, created, Optional.of(RUN), value);
  }

  static byte[] row(FeatureVersion version, Instant asOf, Instant created, Optional<String> run, String value) {
    RowPacker packer = new RowPacker(version.features(), new RowPacker.Origin(created, run)).begin(asOf, PackedRow.NO_EVENT);
    KeyValues.put(DataType.STRING, value, packer);
    return packer.row();
  }

  static Optional<String> read(OnlineStore store, FeatureVersion version, byte[] key) {
    return PackedRow.of(store.read(version, List.of(key))[0]).map(row -> {
      Values values = new Values();
      int[] places = new int[version.features().size()];
      row.locate(version.features(), places);
      row.value(version.features().getFirst().type(), places[0], values);
      return String.valueOf(values.last());
    });
  }
}
