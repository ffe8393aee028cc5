// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

/** How values are spelled. */
public enum TextForm {
  /** JSON; 64-bit integers and decimals are numbers where a double holds them exactly, else strings. */
  JSON,
  /** JSON; 64-bit integers and decimals are always strings. */
  JSON_NUMBERS_AS_STRINGS,
  /** Plain text, quoted where CSV needs it. */
  CSV;

  private static final byte[] JSON_NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] NOTHING = {};
  private static final long LARGEST_EXACT_INTEGER = 1L << 53;
  private static final long FIFTEEN_DIGITS = 1_000_000_000_000_000L;

  boolean isJson() {
    return this != CSV;
  }

  byte[] nullText() {
    return isJson() ? JSON_NULL : NOTHING;
  }

  /** Whether a wide number must be a string; a double keeps every integer up to 2^53 and every decimal of 15 digits. */
  boolean quotes(long unscaled, int scale) {
    return switch (this) {
      case CSV -> false;
      case JSON_NUMBERS_AS_STRINGS -> true;
      case JSON -> scale == 0 ? unscaled > LARGEST_EXACT_INTEGER || unscaled < -LARGEST_EXACT_INTEGER
          : unscaled >= FIFTEEN_DIGITS || unscaled <= -FIFTEEN_DIGITS;
    };
  }
}
