// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.ValueSink;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Packs rows: {@link #begin}, then every value in the order of the features, then {@link #row}. */
public final class RowPacker implements ValueSink {

  /** Who wrote rows and when they were found out; pushes have no run. */
  public record Origin(Instant created, Optional<String> run) {}

  private final List<FeatureVersion.Feature> features;
  private final Origin origin;
  private final UUID run;
  private final ByteSink out = new ByteSink();
  private int slot;

  /** A packer of rows with these features. */
  public RowPacker(List<FeatureVersion.Feature> features, Origin origin) {
    this.features = List.copyOf(features);
    this.origin = origin;
    this.run = origin.run().map(UUID::fromString).orElse(new UUID(0, 0));
  }

  /** Begins the row of an instant; {@code eventMicros} is the newest event behind it, or {@link Long#MIN_VALUE}. */
  public RowPacker begin(Instant asOf, long eventMicros) {
    out.clear();
    out.fixed(PackedRow.ordered(PackedRow.micros(asOf)));
    out.fixed(PackedRow.ordered(PackedRow.micros(origin.created())));
    out.put(origin.run().isEmpty() ? PackedRow.PUSHED : 0);
    out.fixed(eventMicros);
    out.fixed(run.getMostSignificantBits());
    out.fixed(run.getLeastSignificantBits());
    out.blank((features.size() + 7) / 8);
    slot = 0;
    return this;
  }

  /** The row as it is stored. */
  public byte[] row() {
    if (slot != features.size()) {
      throw new IllegalStateException(slot + " of " + features.size() + " values were packed");
    }
    return out.copy();
  }

  @Override
  public void nothing() {
    out.setBit(PackedRow.NULLS, slot++);
  }

  @Override
  public void flag(boolean value) {
    slot++;
    out.put(value ? 1 : 0);
  }

  @Override
  public void integer(long value, boolean wide) {
    slot++;
    out.signed(value);
  }

  @Override
  public void decimal(long unscaled, int scale) {
    decimal(BigInteger.valueOf(unscaled), scale);
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    if (PackedRow.isNarrow(features.get(slot++).type())) {
      out.signed(unscaled.longValueExact());
    } else {
      out.run(unscaled.toByteArray());
    }
  }

  @Override
  public void real(double value) {
    slot++;
    out.fixed(Double.doubleToRawLongBits(value));
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    slot++;
    out.run(Arrays.copyOfRange(bytes, start, start + length));
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    text(bytes, start, length);
  }

  @Override
  public void date(long epochDay) {
    slot++;
    out.signed(epochDay);
  }

  @Override
  public void time(long microsOfDay) {
    slot++;
    out.signed(microsOfDay);
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    slot++;
    out.signed(micros);
    out.unsigned(nanos);
  }
}
