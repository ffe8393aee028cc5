// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** UTF-8 text under construction, in one reused array. Appending makes no garbage but what the array needs to grow. */
public final class ByteText {
  private static final int FIRST = 1 << 10;
  private static final int FULL = 32 << 10;
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private byte[] bytes = new byte[FIRST];
  private int size;

  /** How many bytes are held. */
  public int size() {
    return size;
  }

  /** Writes everything held into {@code out} and starts anew. */
  public void drain(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  /** A copy of everything held. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Appends a part of an array. */
  public void put(byte[] text, int start, int length) {
    ensure(length);
    System.arraycopy(text, start, bytes, size, length);
    size += length;
  }

  /** Drains once enough has come together. */
  void drainIfFull(OutputStream out) throws IOException {
    if (size >= FULL) {
      drain(out);
    }
  }

  /** Everything from {@code start} on, as a string. */
  String textFrom(int start) {
    return new String(bytes, start, size - start, StandardCharsets.UTF_8);
  }

  /** Forgets what is held. */
  public void clear() {
    size = 0;
  }

  byte at(int index) {
    return bytes[index];
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** Appends an ASCII character. */
  public void put(char ascii) {
    ensure(1);
    bytes[size++] = (byte) ascii;
  }

  /** Appends text that is UTF-8 already. */
  public void put(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  /** Appends text that holds ASCII only. */
  @SuppressWarnings("deprecation") // String.getBytes(int, ..) is the one copy without an encoder, and right for ASCII
  public void ascii(String text) {
    int length = text.length();
    ensure(length);
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  /** Appends any text. */
  public void utf8(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a part of an Arrow buffer as it is. */
  void raw(ArrowBuf buffer, long start, int length) {
    ensure(length);
    buffer.getBytes(start, bytes, size, length);
    size += length;
  }

  /** Cuts the text at {@code start} and returns what stood behind it. */
  public byte[] cutFrom(int start) {
    byte[] tail = Arrays.copyOfRange(bytes, start, size);
    size = start;
    return tail;
  }

  /** Turns line breaks and other controls from {@code start} on into blanks. */
  void blankControls(int start) {
    for (int i = start; i < size; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ') {
        bytes[i] = ' ';
      }
    }
  }

  /** Appends a whole number. */
  public void integer(long value) {
    if (value == Long.MIN_VALUE) {
      ascii("-9223372036854775808");
      return;
    }
    ensure(1 + Digits.ROOM);
    if (value < 0) {
      bytes[size++] = '-';
    }
    size = Digits.write(Math.abs(value), 1, bytes, size);
  }

  /** Appends a value of 0 or more in exactly {@code width} digits, which are at most 24. */
  void padded(long value, int width) {
    ensure(Digits.ROOM);
    size = Digits.write(value, width, bytes, size);
  }

  /** Appends a value below 100 in two digits. */
  void twoDigits(int value) {
    ensure(2);
    int tens = value / 10;
    bytes[size] = (byte) ('0' + tens);
    bytes[size + 1] = (byte) ('0' + value - tens * 10);
    size += 2;
  }

  /** Appends {@code unscaled / 10^scale} with all its {@code scale} digits after the point; {@code scale} and the digits are at most 18. */
  void decimal(long unscaled, int scale) {
    if (scale == 0) {
      integer(unscaled);
      return;
    }
    ensure(1 + Digits.ROOM);
    if (unscaled < 0) {
      bytes[size++] = '-';
    }
    size = Digits.point(scale, bytes, Digits.write(Math.abs(unscaled), scale + 1, bytes, size));
  }

  static int digitCount(long value) {
    if (value < 1_000) {
      return value < 10 ? 1 : value < 100 ? 2 : 3;
    }
    // A number of b bits has b * log10(2) digits, or one more.
    int fewest = (Long.SIZE - Long.numberOfLeadingZeros(value)) * 1233 >>> 12;
    return fewest < POWERS.length && value >= POWERS[fewest] ? fewest + 1 : fewest;
  }

  static long power(int exponent) {
    return POWERS[exponent];
  }
}
