// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.activation.ValueSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes the numbers of stored rows with Jackson. */
record JsonSink(JsonGenerator out) implements ValueSink {

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void nothing() {
    write(out::writeNull);
  }

  @Override
  public void integer(long value, boolean wide) {
    write(() -> out.writeNumber(value));
  }

  @Override
  public void decimal(long unscaled, int scale) {
    write(() -> out.writeNumber(BigDecimal.valueOf(unscaled, scale)));
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    write(() -> out.writeNumber(new BigDecimal(unscaled, scale)));
  }

  @Override
  public void real(double value) {
    write(() -> out.writeNumber(value));
  }

  @Override
  public void flag(boolean value) {
    throw new IllegalStateException("no feature is a flag");
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    throw new IllegalStateException("no feature is a text");
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    throw new IllegalStateException("no feature is binary");
  }

  @Override
  public void date(long epochDay) {
    throw new IllegalStateException("no feature is a date");
  }

  @Override
  public void time(long microsOfDay) {
    throw new IllegalStateException("no feature is a time");
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    throw new IllegalStateException("no feature is a timestamp");
  }
}
