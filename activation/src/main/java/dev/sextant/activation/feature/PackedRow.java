// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.ValueSink;
import dev.sextant.model.DataType;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One row as it is stored: the instant its values are of, when they were found out (these two order rows, as unsigned bytes), whether they
 * were pushed, the newest event behind them, the run that wrote them, and the values.
 */
public final class PackedRow {
  /** How many bytes in front order rows of a key. */
  public static final int ORDER_BYTES = 16;
  static final int ORIGIN = 16;
  static final int PUSHED = 1;
  static final long NO_EVENT = Long.MIN_VALUE;
  private static final int EVENT = 17;
  private static final int RUN = 25;
  static final int NULLS = 41;
  private static final int NARROW_PRECISION = 18;

  private final byte[] bytes;

  private PackedRow(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A row of the store, which is not copied; nothing for the empty array. */
  public static Optional<PackedRow> of(byte[] bytes) {
    return bytes.length == 0 ? Optional.empty() : Optional.of(new PackedRow(bytes));
  }

  /** Whether {@code next} may take the place of {@code held}: it is newer or of the same times. */
  static boolean replaces(byte[] next, byte[] held) {
    return Arrays.compareUnsigned(next, 0, ORDER_BYTES, held, 0, ORDER_BYTES) >= 0;
  }

  static long ordered(long micros) {
    return micros ^ Long.MIN_VALUE;
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The instant its values are of, in microseconds since 1970. */
  public long asOfMicros() {
    return asOfMicros(bytes);
  }

  static long asOfMicros(byte[] row) {
    return ordered(ByteSource.fixed(row, 0));
  }

  /** When its values were found out. */
  public Instant created() {
    return instant(ordered(ByteSource.fixed(bytes, Long.BYTES)));
  }

  /** Whether it was pushed, not made by a run. */
  public boolean pushed() {
    return pushed(bytes);
  }

  static boolean pushed(byte[] row) {
    return (row[ORIGIN] & PUSHED) != 0;
  }

  /** The newest event behind its values in microseconds since 1970; {@link Long#MIN_VALUE} if there is none. */
  public long eventMicros() {
    return ByteSource.fixed(bytes, EVENT);
  }

  /** The run that wrote it; nothing for a pushed row. */
  public Optional<String> run() {
    return pushed() ? Optional.empty()
        : Optional.of(new UUID(ByteSource.fixed(bytes, RUN), ByteSource.fixed(bytes, RUN + Long.BYTES)).toString());
  }

  public int size() {
    return bytes.length;
  }

  /** Whether a feature's value is NULL. */
  public boolean isNull(int slot) {
    return (bytes[NULLS + slot / 8] >> slot % 8 & 1) != 0;
  }

  /** Whether none of so many features is NULL. */
  public boolean isWhole(int features) {
    for (int at = NULLS; at < first(features); at++) {
      if (bytes[at] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the first value of so many features begins. */
  public static int first(int features) {
    return NULLS + (features + 7) / 8;
  }

  /** Where the value behind the one at {@code place} begins. */
  public int after(DataType type, int place) {
    ByteSource source = new ByteSource(bytes, place);
    skip(type, source);
    return source.at();
  }

  /** Finds where each value begins; -1 stands for NULL. {@code places} has a place for each feature. */
  public void locate(List<FeatureVersion.Feature> features, int[] places) {
    ByteSource source = new ByteSource(bytes, first(features.size()));
    for (int i = 0; i < features.size(); i++) {
      if (isNull(i)) {
        places[i] = -1;
      } else {
        places[i] = source.at();
        skip(features.get(i).type(), source);
      }
    }
  }

  private static void skip(DataType type, ByteSource source) {
    switch (type.kind()) {
      case BOOLEAN -> source.run(1);
      case INTEGER, BIGINT, DATE, TIME -> source.unsigned();
      case DECIMAL -> {
        if (isNarrow(type)) {
          source.unsigned();
        } else {
          source.run((int) source.unsigned());
        }
      }
      case DOUBLE -> source.run(Long.BYTES);
      case STRING, BINARY -> source.run((int) source.unsigned());
      case TIMESTAMP, TIMESTAMP_TZ -> {
        source.unsigned();
        source.unsigned();
      }
      case NULL, INTERVAL, OTHER -> throw new IllegalStateException("no value of type " + type + " is ever packed");
    }
  }

  static boolean isNarrow(DataType type) {
    return type.precision() <= NARROW_PRECISION;
  }

  /** Hands the value that begins at {@code place}, as {@link #locate} found it, to {@code sink}. */
  public void value(DataType type, int place, ValueSink sink) {
    if (place < 0) {
      sink.nothing();
    } else {
      var unused = pass(type, place, sink);
    }
  }

  /** Hands the value over that begins at {@code place}; returns where the next one begins. */
  public int pass(DataType type, int place, ValueSink sink) {
    ByteSource source = new ByteSource(bytes, place);
    pass(type, source, sink);
    return source.at();
  }

  /** Hands all values over in their order, with {@code between} between two of them. */
  public void values(List<FeatureVersion.Feature> features, ValueSink sink, Runnable between) {
    ByteSource source = new ByteSource(bytes, first(features.size()));
    for (int i = 0; i < features.size(); i++) {
      if (i > 0) {
        between.run();
      }
      if (isNull(i)) {
        sink.nothing();
      } else {
        pass(features.get(i).type(), source, sink);
      }
    }
  }

  private void pass(DataType type, ByteSource source, ValueSink sink) {
    switch (type.kind()) {
      case BOOLEAN -> sink.flag(source.next() != 0);
      case INTEGER -> sink.integer(source.signed(), false);
      case BIGINT -> sink.integer(source.signed(), true);
      case DECIMAL -> decimal(type, source, sink);
      case DOUBLE -> sink.real(Double.longBitsToDouble(source.fixed()));
      case STRING -> {
        int length = (int) source.unsigned();
        sink.text(bytes, source.run(length), length);
      }
      case BINARY -> {
        int length = (int) source.unsigned();
        sink.binary(bytes, source.run(length), length);
      }
      case DATE -> sink.date(source.signed());
      case TIME -> sink.time(source.signed());
      case TIMESTAMP, TIMESTAMP_TZ -> {
        long micros = source.signed();
        sink.timestamp(micros, (int) source.unsigned(), type.kind() == DataType.Kind.TIMESTAMP_TZ);
      }
      case NULL, INTERVAL, OTHER -> throw new IllegalStateException("no value of type " + type + " is ever packed");
    }
  }

  private void decimal(DataType type, ByteSource source, ValueSink sink) {
    if (isNarrow(type)) {
      sink.decimal(source.signed(), type.scale());
      return;
    }
    int length = (int) source.unsigned();
    int start = source.run(length);
    if (length <= Long.BYTES) {
      sink.decimal(ByteSource.big(bytes, start, length), type.scale());
    } else {
      sink.decimal(new BigInteger(Arrays.copyOfRange(bytes, start, start + length)), type.scale());
    }
  }
}
