// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** A cell of a table, free of what a door or a driver makes of it. */
public sealed interface Value {

  /** The absent value. */
  Value NULL = Absent.NULL;

  /** The one absent value. */
  enum Absent implements Value {
    NULL
  }

  /** True or false. */
  record Truth(boolean value) implements Value {}

  /** A whole number or decimal; trailing zeros mean nothing. */
  record Exact(BigDecimal value) implements Value {
    public Exact {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    public static Exact of(long value) {
      return new Exact(BigDecimal.valueOf(value));
    }
  }

  /** A binary floating point number. */
  record Real(double value) implements Value {}

  /** A string. */
  record Text(String value) implements Value {}

  /** A date. */
  record Day(LocalDate value) implements Value {}

  /** A date and time of day without a zone. */
  record Moment(LocalDateTime value) implements Value {}

  /** A point on the time line. */
  record Point(Instant value) implements Value {}

  default boolean isNull() {
    return equals(NULL);
  }

  default boolean isNumber() {
    return this instanceof Exact || this instanceof Real;
  }

  static Value of(boolean value) {
    return new Truth(value);
  }

  static Value of(String value) {
    return new Text(value);
  }
}
