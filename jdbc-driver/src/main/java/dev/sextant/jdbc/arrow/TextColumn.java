// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.ByteRanges;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Locale;
import java.util.TimeZone;

/** Text in UTF-8; read as numbers or dates, it is parsed. */
final class TextColumn extends CursorColumn {
  private final ByteRanges ranges;

  TextColumn(Spot spot, ByteRanges ranges) {
    super(spot);
    this.ranges = ranges;
  }

  @Override
  void bindValues(Batch batch, int values) throws ArrowFormatException {
    ranges.bind(batch, values);
  }

  @Override
  String textAt(int index) {
    return new String(body, ranges.start(body, index), ranges.length(body, index), StandardCharsets.UTF_8);
  }

  @Override
  Object objectAt(int index) {
    return textAt(index);
  }

  @Override
  byte[] bytesAt(int index) {
    int start = ranges.start(body, index);
    return java.util.Arrays.copyOfRange(body, start, start + ranges.length(body, index));
  }

  @Override
  boolean booleanAt(int index) throws SQLException {
    String text = textAt(index).trim().toLowerCase(Locale.ROOT);
    switch (text) {
      case "true" :
      case "t" :
      case "yes" :
      case "1" :
        return true;
      case "false" :
      case "f" :
      case "no" :
      case "0" :
        return false;
      default :
        throw Conversions.malformed(this, text, "boolean");
    }
  }

  @Override
  long longAt(int index) throws SQLException {
    return Conversions.toLong(this, decimalAt(index));
  }

  @Override
  double doubleAt(int index) throws SQLException {
    String text = textAt(index);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw Conversions.malformed(this, text, "number");
    }
  }

  @Override
  BigDecimal decimalAt(int index) throws SQLException {
    String text = textAt(index);
    try {
      return new BigDecimal(text.trim());
    } catch (NumberFormatException noNumber) {
      throw Conversions.malformed(this, text, "number");
    }
  }

  @Override
  Date dateAt(int index, TimeZone inZone) throws SQLException {
    return Moments.date(Moments.parse(this, textAt(index)), inZone);
  }

  @Override
  Time timeAt(int index, TimeZone inZone) throws SQLException {
    return Moments.time(Moments.parse(this, textAt(index)), inZone);
  }

  @Override
  Timestamp timestampAt(int index, TimeZone inZone) throws SQLException {
    return Moments.timestamp(Moments.parse(this, textAt(index)), inZone);
  }

  @Override
  Object temporalAt(int index) throws SQLException {
    return Moments.parse(this, textAt(index));
  }
}
