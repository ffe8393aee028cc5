// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.ValueSink;
import dev.sextant.model.AccessPolicy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Hides values the way queries hide them. Only texts are hashed: what others look like as text differs between warehouses. */
record MaskedValue(AccessPolicy.Mask mask, ValueSink sink) implements ValueSink {
  private static final byte[] REDACTED = "***".getBytes(StandardCharsets.UTF_8);

  private void hidden() {
    switch (mask) {
      case NULL -> sink.nothing();
      case REDACT -> sink.text(REDACTED, 0, REDACTED.length);
      case HASH -> throw new IllegalStateException("only texts are hashed");
    }
  }

  @Override
  public void nothing() {
    sink.nothing();
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    if (mask != AccessPolicy.Mask.HASH) {
      hidden();
      return;
    }
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(Arrays.copyOfRange(bytes, start, start + length));
      byte[] text = HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
      sink.text(text, 0, text.length);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void flag(boolean value) {
    hidden();
  }

  @Override
  public void integer(long value, boolean wide) {
    hidden();
  }

  @Override
  public void decimal(long unscaled, int scale) {
    hidden();
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    hidden();
  }

  @Override
  public void real(double value) {
    hidden();
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    hidden();
  }

  @Override
  public void date(long epochDay) {
    hidden();
  }

  @Override
  public void time(long microsOfDay) {
    hidden();
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    hidden();
  }
}
