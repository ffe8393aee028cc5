// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.FeatureVersion.Feature;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.feature.FeatureBuild;
import dev.sextant.activation.feature.KeyPacker;
import dev.sextant.activation.feature.KeyValues;
import dev.sextant.activation.feature.OnlineStores;
import dev.sextant.activation.feature.RowPacker;
import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Takes rows of a view from outside, under the same rules as those of runs: what is older never replaces what is newer. */
public final class FeaturePush {
  private static final long NO_EVENT = Long.MIN_VALUE;

  private final OnlineStores stores;
  private final InstantSource clock;

  FeaturePush(OnlineStores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /** A row: the instant its values are of, its key, and all its features by name, computed ones too. */
  public record Row(Instant eventTime, Map<String, ? extends @Nullable Object> key, Map<String, ? extends @Nullable Object> features) {
    public Row {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
      features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }
  }

  /** How many rows came, and how many of them are stored now; the others are older than what is there. */
  public record Outcome(long rows, long stored) {}

  /** Stores rows of a view; all of them are looked at before any is written. */
  public Outcome push(SemanticModel seen, String name, List<Row> rows) {
    if (rows.size() > FeatureServing.MOST_KEYS) {
      throw FeatureIssue.TOO_MANY_KEYS.because("A push has at most " + FeatureServing.MOST_KEYS + " rows; this one has " + rows.size()
          + ". Push them in several requests.");
    }
    FeatureView view = FeatureServing.defined(seen, name);
    OnlineStore store = stores.store(FeatureBuild.online(view).store());
    FeatureVersion served = store.serving(name)
        .orElseThrow(() -> FeatureIssue.NOT_MATERIALIZED.because("Feature view '" + name
            + "' takes pushed rows once it has been run, which tells the types of its features."));
    Instant created = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long stored = 0;
    for (FeatureVersion version : store.versions(name)) {
      boolean isServed = version.id().equals(served.id());
      if (isServed || version.begun().isAfter(served.begun()) && version.keys().equals(served.keys())
          && version.features().equals(served.features())) {
        long written = store.write(version, packed(version, store, rows, created));
        stored = isServed ? written : stored;
      }
    }
    return new Outcome(rows.size(), stored);
  }

  private static List<OnlineStore.Entry> packed(FeatureVersion version, OnlineStore store, List<Row> rows, Instant created) {
    ServedView keys = new ServedView(version, List.of(), OptionalLong.empty(), store);
    KeyPacker key = new KeyPacker();
    RowPacker packer = new RowPacker(version.features(), new RowPacker.Origin(created, Optional.empty()));
    List<OnlineStore.Entry> entries = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ServedView.check(rows.get(i).key().keySet(), List.of(keys));
      packer.begin(rows.get(i).eventTime().truncatedTo(ChronoUnit.MICROS), NO_EVENT);
      features(version, rows.get(i).features(), packer);
      entries.add(new OnlineStore.Entry(keys.key(rows.get(i).key(), key), packer.row()));
    }
    return entries;
  }

  private static void features(FeatureVersion version, Map<String, ? extends @Nullable Object> values, RowPacker packer) {
    for (String name : values.keySet()) {
      if (version.slot(name) < 0) {
        throw FeatureIssue.UNKNOWN_FEATURE.because("feature view '" + version.view() + "' has no feature '" + name + "'.");
      }
    }
    for (Feature feature : version.features()) {
      if (!values.containsKey(feature.name())) {
        throw FeatureIssue.INVALID_FEATURE_VALUE.because("The row has no '" + feature.name()
            + "'; a row has all features of its view, null where there is no value.");
      }
      Object value = values.get(feature.name());
      if (!KeyValues.put(feature.type(), value, packer)) {
        throw FeatureIssue.INVALID_FEATURE_VALUE.because("Feature '" + feature.name() + "' is of type " + feature.type() + "; found "
            + (value instanceof String ? "the text '" + value + "'" : value) + ".");
      }
    }
  }
}
