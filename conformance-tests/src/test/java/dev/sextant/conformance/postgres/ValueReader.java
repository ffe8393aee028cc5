// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.activation.ValueSink;
import dev.sextant.conformance.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Takes one stored value. */
final class ValueReader implements ValueSink {
  private Value value = Value.NULL;

  Value value() {
    return value;
  }

  @Override
  public void nothing() {
    value = Value.NULL;
  }

  @Override
  public void flag(boolean flag) {
    value = Value.of(flag);
  }

  @Override
  public void integer(long number, boolean wide) {
    value = Value.Exact.of(number);
  }

  @Override
  public void decimal(long unscaled, int scale) {
    value = new Value.Exact(BigDecimal.valueOf(unscaled, scale));
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    value = new Value.Exact(new BigDecimal(unscaled, scale));
  }

  @Override
  public void real(double number) {
    value = new Value.Real(number);
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    value = Value.of(new String(bytes, start, length, StandardCharsets.UTF_8));
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    throw new IllegalStateException("no binary here");
  }

  @Override
  public void date(long epochDay) {
    value = new Value.Day(LocalDate.ofEpochDay(epochDay));
  }

  @Override
  public void time(long microsOfDay) {
    throw new IllegalStateException("no time here");
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).plusNanos(nanos);
    value = zoned ? new Value.Point(instant) : new Value.Moment(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
