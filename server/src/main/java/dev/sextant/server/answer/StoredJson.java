// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.activation.ValueSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;

/** Spells stored values as JSON, as answers of queries have them. */
public record StoredJson(ByteText out) implements ValueSink {
  private static final TextForm FORM = TextForm.JSON;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final int MOST_SCALE = 18;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /** Writes any text between quotes. */
  public void text(String text) {
    Quoting.json(text, out);
  }

  /** Writes an instant in microseconds since 1970, or null for {@link Long#MIN_VALUE}. */
  public void instant(long micros) {
    if (micros == Long.MIN_VALUE) {
      nothing();
    } else {
      timestamp(micros, 0, true);
    }
  }

  @Override
  public void nothing() {
    out.put(FORM.nullText());
  }

  @Override
  public void flag(boolean value) {
    out.put(value ? TRUE : FALSE);
  }

  @Override
  public void integer(long value, boolean wide) {
    boolean quotes = wide && FORM.quotes(value, 0);
    quote(quotes);
    out.integer(value);
    quote(quotes);
  }

  private void quote(boolean quotes) {
    if (quotes) {
      out.put('"');
    }
  }

  @Override
  public void decimal(long unscaled, int scale) {
    if (scale < 0 || scale > MOST_SCALE || unscaled <= -ByteText.power(MOST_SCALE) || unscaled >= ByteText.power(MOST_SCALE)) {
      plain(BigInteger.valueOf(unscaled), scale);
      return;
    }
    boolean quotes = FORM.quotes(unscaled, scale);
    quote(quotes);
    out.decimal(unscaled, scale);
    quote(quotes);
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    if (unscaled.bitLength() < Long.SIZE) {
      decimal(unscaled.longValueExact(), scale);
    } else {
      plain(unscaled, scale);
    }
  }

  private void plain(BigInteger unscaled, int scale) {
    out.put('"');
    out.ascii(new BigDecimal(unscaled, scale).toPlainString());
    out.put('"');
  }

  @Override
  public void real(double value) {
    FloatCells.write(value, FORM, out);
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    int from = Quoting.open(FORM, out);
    out.put(bytes, start, length);
    Quoting.close(FORM, from, out);
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    out.put('"');
    out.put(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, start, start + length)));
    out.put('"');
  }

  @Override
  public void date(long epochDay) {
    out.put('"');
    IsoText.date(epochDay, out);
    out.put('"');
  }

  @Override
  public void time(long microsOfDay) {
    out.put('"');
    IsoText.time(microsOfDay, MICROS_PER_SECOND, out);
    out.put('"');
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    out.put('"');
    if (nanos == 0) {
      IsoText.timestamp(micros, MICROS_PER_SECOND, out);
    } else {
      IsoText.timestamp(micros * NANOS_PER_MICRO + nanos, MICROS_PER_SECOND * NANOS_PER_MICRO, out);
    }
    if (zoned) {
      out.put('Z');
    }
    out.put('"');
  }
}
