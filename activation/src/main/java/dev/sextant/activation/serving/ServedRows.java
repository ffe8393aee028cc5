// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.ValueSink;
import dev.sextant.activation.feature.PackedRow;
import dev.sextant.model.AccessPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rows of a request, looked at one after the other. */
public final class ServedRows {
  private static final long NEVER = Long.MIN_VALUE;

  private final ServedView view;
  private final byte[][] rows;
  private final boolean expired;
  private final long oldest;
  private final long watermark;
  private final List<FeatureVersion.Feature> stored;
  private final boolean asStored;
  private final int[] places;
  private Optional<PackedRow> row = Optional.empty();
  private long asOf;
  private boolean tooOld;
  private int next;
  private int place;
  private boolean located;

  ServedRows(ServedView view, byte[][] rows, Instant now, boolean expired) {
    this.view = view;
    this.rows = rows;
    this.expired = expired;
    this.oldest = view.maxAgeMicros().isPresent() ? micros(now) - view.maxAgeMicros().getAsLong() : NEVER;
    this.watermark = view.version().watermark().map(ServedRows::micros).orElse(NEVER);
    this.stored = view.version().features();
    this.asStored = view.showsRowsAsStored();
    this.places = new int[stored.size()];
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  public ServedView view() {
    return view;
  }

  public int count() {
    return rows.length;
  }

  /** Goes to a row; false if the key has none. Rows that a run left alone are still right as of the watermark. */
  public boolean go(int index) {
    row = PackedRow.of(rows[index]);
    if (row.isEmpty()) {
      return false;
    }
    PackedRow here = row.get();
    asOf = here.pushed() ? here.asOfMicros() : Math.max(here.asOfMicros(), watermark);
    tooOld = asOf < oldest;
    next = 0;
    place = PackedRow.first(stored.size());
    located = false;
    return true;
  }

  /** The instant the row's values are of, in microseconds since 1970. */
  public long asOfMicros() {
    return asOf;
  }

  /** The newest event behind the row in microseconds since 1970; nothing for {@link Long#MIN_VALUE}. */
  public long eventMicros() {
    return row.isPresent() ? row.get().eventMicros() : NEVER;
  }

  /** The row as it is stored. */
  public Optional<StoredRow> stored() {
    return row.map(here -> new StoredRow(here.asOfMicros(), here.created(), here.run(), here.size()));
  }

  /** What is to be said of a feature's value. */
  public FeatureStatus status(int feature) {
    if (row.isEmpty()) {
      return FeatureStatus.NOT_FOUND;
    }
    if (tooOld) {
      return FeatureStatus.OUTSIDE_MAX_AGE;
    }
    ServedFeature served = view.features().get(feature);
    boolean hidden = served.mask().isPresent() && served.mask().get() == AccessPolicy.Mask.NULL;
    return hidden || row.get().isNull(served.slot()) ? FeatureStatus.NULL : FeatureStatus.PRESENT;
  }

  /** Whether all features of the row are {@link FeatureStatus#PRESENT}. */
  public boolean isWhole() {
    if (asStored && row.isPresent() && !tooOld && row.get().isWhole(stored.size())) {
      return true;
    }
    for (int feature = 0; feature < view.features().size(); feature++) {
      if (status(feature) != FeatureStatus.PRESENT) {
        return false;
      }
    }
    return true;
  }

  /** Hands the values of all features over, with {@code between} between two of them. */
  public void values(ValueSink sink, Runnable between) {
    if (asStored && !isWithheld()) {
      row.orElseThrow().values(stored, sink, between);
      return;
    }
    for (int feature = 0; feature < view.features().size(); feature++) {
      if (feature > 0) {
        between.run();
      }
      value(feature, sink);
    }
  }

  /** Hands a feature's value over; nothing where there is none, or none may be seen. */
  public void value(int feature, ValueSink sink) {
    if (isWithheld()) {
      sink.nothing();
      return;
    }
    ServedFeature served = view.features().get(feature);
    ValueSink seen = served.mask().isPresent() ? new MaskedValue(served.mask().get(), sink) : sink;
    value(row.get(), served, seen);
  }

  private boolean isWithheld() {
    return row.isEmpty() || tooOld && !expired;
  }

  /** Features mostly come in the order in which they are stored, so that where one ends the next begins. */
  private void value(PackedRow here, ServedFeature served, ValueSink seen) {
    int slot = served.slot();
    if (here.isNull(slot)) {
      seen.nothing();
    } else if (slot >= next && !located) {
      for (; next < slot; next++) {
        place = here.isNull(next) ? place : here.after(stored.get(next).type(), place);
      }
      place = here.pass(served.type(), place, seen);
      next = slot + 1;
    } else {
      locate(here);
      here.value(served.type(), places[slot], seen);
    }
  }

  private void locate(PackedRow here) {
    if (!located) {
      here.locate(stored, places);
      located = true;
    }
  }
}
