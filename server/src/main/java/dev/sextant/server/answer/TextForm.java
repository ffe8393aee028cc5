// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.nio.charset.StandardCharsets;

/** How values are spelled. */
public enum TextForm {
  /** JSON; 64-bit integers and decimals are numbers where a double holds them exactly, else strings. */
  JSON,
  /** JSON; 64-bit integers and decimals are always strings. */
  JSON_NUMBERS_AS_STRINGS,
  /** Plain text, quoted where CSV needs it. */
  CSV,
  /** Text for tables that people read: one line, doubles rounded to six places, a sign for NULL. */
  PLAIN;

  private static final byte[] JSON_NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] NOTHING = {};
  private static final byte[] EMPTY_SET = "\u2205".getBytes(StandardCharsets.UTF_8);
  private static final long LARGEST_EXACT_INTEGER = 1L << 53;
  private static final long FIFTEEN_DIGITS = 1_000_000_000_000_000L;

  boolean isJson() {
    return this == JSON || this == JSON_NUMBERS_AS_STRINGS;
  }

  byte[] nullText() {
    return switch (this) {
      case JSON, JSON_NUMBERS_AS_STRINGS -> JSON_NULL;
      case CSV -> NOTHING;
      case PLAIN -> EMPTY_SET;
    };
  }

  /** Whether a wide number must be a string; a double keeps every integer up to 2^53 and every decimal of 15 digits. */
  boolean quotes(long unscaled, int scale) {
    return switch (this) {
      case CSV, PLAIN -> false;
      case JSON_NUMBERS_AS_STRINGS -> true;
      case JSON -> scale == 0 ? unscaled > LARGEST_EXACT_INTEGER || unscaled < -LARGEST_EXACT_INTEGER
          : unscaled >= FIFTEEN_DIGITS || unscaled <= -FIFTEEN_DIGITS;
    };
  }
}
