// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;

/** Types that can be compared and combined with each other. */
enum Family {
  NUMBER("a number"), TEXT("text"), TIME("a date or timestamp"), CLOCK("a time of day"), TRUTH("a truth value"), INTERVAL("an interval"),
  BINARY("bytes"),
  /** Nothing is known: NULL, a parameter, or what only the warehouse can tell. */
  OPEN("anything");

  private final String words;

  Family(String words) {
    this.words = words;
  }

  static Family of(DataType type) {
    return switch (type.kind()) {
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> NUMBER;
      case STRING -> TEXT;
      case DATE, TIMESTAMP, TIMESTAMP_TZ -> TIME;
      case TIME -> CLOCK;
      case BOOLEAN -> TRUTH;
      case INTERVAL -> INTERVAL;
      case BINARY -> BINARY;
      case NULL, OTHER -> OPEN;
    };
  }

  /** How people call it. */
  String words() {
    return words;
  }
}
