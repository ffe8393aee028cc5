// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link ByteSink} wrote, from front to back. */
final class ByteSource {
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SEVEN_BITS = 0x7F;

  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes, int start) {
    this.bytes = bytes;
    this.at = start;
  }

  static long fixed(byte[] bytes, int start) {
    return (long) LONGS.get(bytes, start);
  }

  /** A number of 1 to 8 bytes, the highest first. */
  static long big(byte[] bytes, int start, int length) {
    long value = bytes[start];
    for (int i = 1; i < length; i++) {
      value = value << Byte.SIZE | bytes[start + i] & 0xFF;
    }
    return value;
  }

  int at() {
    return at;
  }

  boolean isOver() {
    return at >= bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int next() {
    return bytes[at++];
  }

  long fixed() {
    at += Long.BYTES;
    return fixed(bytes, at - Long.BYTES);
  }

  long signed() {
    long folded = unsigned();
    return folded >>> 1 ^ -(folded & 1);
  }

  long unsigned() {
    long value = 0;
    int shift = 0;
    while (true) {
      byte part = bytes[at++];
      value |= (long) (part & SEVEN_BITS) << shift;
      if (part >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  /** Goes past {@code length} bytes and returns where they begin. */
  int run(int length) {
    at += length;
    return at - length;
  }
}
