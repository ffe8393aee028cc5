// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.ValueSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects values as objects. */
final class Values implements ValueSink {
  private final List<@Nullable Object> all = new ArrayList<>();

  List<@Nullable Object> all() {
    return all;
  }

  @Nullable
  Object last() {
    return all.getLast();
  }

  @Override
  public void nothing() {
    all.add(null);
  }

  @Override
  public void flag(boolean value) {
    all.add(value);
  }

  @Override
  public void integer(long value, boolean wide) {
    all.add(wide ? (Object) value : (Object) (int) value);
  }

  @Override
  public void decimal(long unscaled, int scale) {
    all.add(BigDecimal.valueOf(unscaled, scale));
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    all.add(new BigDecimal(unscaled, scale));
  }

  @Override
  public void real(double value) {
    all.add(value);
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    all.add(new String(bytes, start, length, StandardCharsets.UTF_8));
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    all.add(HexFormat.of().formatHex(bytes, start, start + length));
  }

  @Override
  public void date(long epochDay) {
    all.add(LocalDate.ofEpochDay(epochDay));
  }

  @Override
  public void time(long microsOfDay) {
    all.add(LocalTime.ofNanoOfDay(microsOfDay * 1_000));
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    Instant instant = PackedRow.instant(micros).plusNanos(nanos);
    all.add(zoned ? (Object) instant : (Object) LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
