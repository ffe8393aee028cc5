// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.json.JsonText;
import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.TimeZone;

/** A column of a batch: what is known of its value at an index. Its methods are only asked for values that are not NULL. */
abstract class Column {
  private final String name;
  private final ColumnType type;
  private TimeZone zone = TimeZone.getDefault();
  private int validity = Batch.ABSENT;
  byte[] body = {};

  Column(Spot spot) {
    this.name = spot.name();
    this.type = spot.type();
  }

  /** Takes this column's values, and those of its children, out of a new batch. */
  void bind(Batch batch) throws ArrowFormatException {
    int values = batch.nextNode();
    body = batch.body();
    validity = batch.validity(values);
    bindValues(batch, values);
  }

  abstract void bindValues(Batch batch, int values) throws ArrowFormatException;

  /** The time zone in which java.sql's dates and times are made. */
  void zone(TimeZone zone) {
    this.zone = zone;
  }

  final TimeZone zone() {
    return zone;
  }

  final String name() {
    return name;
  }

  final ColumnType type() {
    return type;
  }

  boolean isNull(int index) {
    return validity != Batch.ABSENT && !Bytes.bitAt(body, validity, index);
  }

  /** The value as {@code getString} returns it. */
  abstract String textAt(int index) throws SQLException;

  /** The value as {@code getObject} returns it. */
  abstract Object objectAt(int index) throws SQLException;

  boolean booleanAt(int index) throws SQLException {
    throw Conversions.cannot(this, "boolean");
  }

  long longAt(int index) throws SQLException {
    throw Conversions.cannot(this, "long");
  }

  double doubleAt(int index) throws SQLException {
    throw Conversions.cannot(this, "double");
  }

  BigDecimal decimalAt(int index) throws SQLException {
    throw Conversions.cannot(this, "BigDecimal");
  }

  byte[] bytesAt(int index) throws SQLException {
    throw Conversions.cannot(this, "bytes");
  }

  Date dateAt(int index, TimeZone inZone) throws SQLException {
    throw Conversions.cannot(this, "Date");
  }

  Time timeAt(int index, TimeZone inZone) throws SQLException {
    throw Conversions.cannot(this, "Time");
  }

  Timestamp timestampAt(int index, TimeZone inZone) throws SQLException {
    throw Conversions.cannot(this, "Timestamp");
  }

  /** The value as a point in time, date or time of day of java.time, whichever says it in full. */
  Object temporalAt(int index) throws SQLException {
    throw Conversions.cannot(this, "java.time");
  }

  /** Appends the value as JSON, for lists and structs that hold it. */
  void jsonAt(int index, StringBuilder out) throws SQLException {
    JsonText.quote(textAt(index), out);
  }

  final void jsonOrNullAt(int index, StringBuilder out) throws SQLException {
    if (isNull(index)) {
      out.append("null");
    } else {
      jsonAt(index, out);
    }
  }
}
