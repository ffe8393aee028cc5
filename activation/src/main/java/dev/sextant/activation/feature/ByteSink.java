// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import java.util.Arrays;

/** Bytes under construction: fixed and variable-length numbers, and runs of bytes with their length in front. */
final class ByteSink {
  private static final int FIRST = 256;
  private static final int SEVEN_BITS = 0x7F;

  private byte[] bytes = new byte[FIRST];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  void put(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Leaves {@code count} zero bytes and returns where they begin. */
  int blank(int count) {
    ensure(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
    return size - count;
  }

  void setBit(int start, int bit) {
    bytes[start + bit / 8] |= (byte) (1 << bit % 8);
  }

  void fixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  /** A whole number in as few bytes as it needs. */
  void signed(long value) {
    unsigned(value << 1 ^ value >> 63);
  }

  void unsigned(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~SEVEN_BITS) != 0) {
      bytes[size++] = (byte) (rest & SEVEN_BITS | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void run(byte[] run) {
    unsigned(run.length);
    ensure(run.length);
    System.arraycopy(run, 0, bytes, size, run.length);
    size += run.length;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
