// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.math.BigInteger;

/** Takes one packed value, in the form that its type has. */
public interface ValueSink {

  void nothing();

  void flag(boolean value);

  /** A whole number; {@code wide} if its type has 64 bits. */
  void integer(long value, boolean wide);

  /** A decimal of up to 18 digits. */
  void decimal(long unscaled, int scale);

  void decimal(BigInteger unscaled, int scale);

  void real(double value);

  /** A text in UTF-8. */
  void text(byte[] bytes, int start, int length);

  void binary(byte[] bytes, int start, int length);

  void date(long epochDay);

  void time(long microsOfDay);

  /** A point in time as microseconds since 1970 and the nanoseconds beyond them; {@code zoned} if it names an instant, else it is local. */
  void timestamp(long micros, int nanos, boolean zoned);
}
