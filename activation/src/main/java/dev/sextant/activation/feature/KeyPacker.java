// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.ValueSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Packs the parts of a key so that equal keys, and only they, have equal bytes: each part begins with its kind and knows its length, so
 * neither (1, 23) and (12, 3) nor 1 and '1' meet. Whole numbers are the same whatever their type.
 */
public final class KeyPacker implements ValueSink {
  private static final int LONG_BITS = 63;

  /** The kinds of parts, by the byte they begin with. */
  enum Kind {
    NOTHING, INTEGER, DECIMAL, REAL, TEXT, FLAG, DATE, TIME, LOCAL_TIME, INSTANT, BINARY
  }

  private final ByteSink out = new ByteSink();
  private boolean incomplete;

  /** Begins another key. */
  public KeyPacker begin() {
    out.clear();
    incomplete = false;
    return this;
  }

  /** Whether a part was NULL, so that this is no key. */
  public boolean isIncomplete() {
    return incomplete;
  }

  public byte[] key() {
    return out.copy();
  }

  private void kind(Kind kind) {
    out.put(kind.ordinal());
  }

  @Override
  public void nothing() {
    incomplete = true;
    kind(Kind.NOTHING);
  }

  @Override
  public void flag(boolean value) {
    kind(Kind.FLAG);
    out.put(value ? 1 : 0);
  }

  @Override
  public void integer(long value, boolean wide) {
    kind(Kind.INTEGER);
    out.signed(value);
  }

  @Override
  public void decimal(long unscaled, int scale) {
    decimal(BigInteger.valueOf(unscaled), scale);
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    BigDecimal plain = new BigDecimal(unscaled, scale).stripTrailingZeros();
    if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 20 && plain.toBigIntegerExact().bitLength() <= LONG_BITS) {
      integer(plain.longValueExact(), true);
      return;
    }
    kind(Kind.DECIMAL);
    out.signed(plain.scale());
    out.run(plain.unscaledValue().toByteArray());
  }

  @Override
  public void real(double value) {
    kind(Kind.REAL);
    out.fixed(Double.doubleToLongBits(value == 0 ? 0.0 : value));
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    kind(Kind.TEXT);
    out.run(Arrays.copyOfRange(bytes, start, start + length));
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    kind(Kind.BINARY);
    out.run(Arrays.copyOfRange(bytes, start, start + length));
  }

  @Override
  public void date(long epochDay) {
    kind(Kind.DATE);
    out.signed(epochDay);
  }

  @Override
  public void time(long microsOfDay) {
    kind(Kind.TIME);
    out.signed(microsOfDay);
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    kind(zoned ? Kind.INSTANT : Kind.LOCAL_TIME);
    out.signed(micros);
    out.unsigned(nanos);
  }
}
