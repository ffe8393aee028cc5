// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.query.FeatureQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** One batch of an engine's answer, packed for the store. Rows without a whole key are left out and counted. */
final class AnswerRows {
  private final List<OnlineStore.Entry> entries = new ArrayList<>();
  private long withoutKey;

  /** Whence the rows are: the instant they are of, the run, and the zone of the project's local times. */
  record As(Instant at, RowPacker.Origin origin, ZoneId zone) {}

  AnswerRows(VectorSchemaRoot batch, FeatureVersion version, As as) {
    List<ArrowColumn> keys = version.keys().stream().map(key -> ArrowColumn.of(vector(batch, key.name()))).toList();
    List<ArrowColumn> features = version.features().stream().map(feature -> ArrowColumn.of(vector(batch, feature.name()))).toList();
    EventTimes events = new EventTimes(vector(batch, FeatureQuery.EVENT_TIME), as.zone());
    KeyPacker key = new KeyPacker();
    RowPacker row = new RowPacker(version.features(), as.origin());
    for (int i = 0; i < batch.getRowCount(); i++) {
      key.begin();
      for (ArrowColumn column : keys) {
        column.read(i, key);
      }
      if (key.isIncomplete()) {
        withoutKey++;
        continue;
      }
      row.begin(as.at(), events.micros(i));
      for (ArrowColumn column : features) {
        column.read(i, row);
      }
      entries.add(new OnlineStore.Entry(key.key(), row.row()));
    }
  }

  private static FieldVector vector(VectorSchemaRoot batch, String name) {
    return Objects.requireNonNull(batch.getVector(name), name);
  }

  List<OnlineStore.Entry> entries() {
    return entries;
  }

  long withoutKey() {
    return withoutKey;
  }
}
