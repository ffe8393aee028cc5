// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.TimeZone;

/** Values that stand once in a dictionary, and here only by their number. */
final class DictionaryColumn extends CursorColumn {
  private final Dictionary dictionary;
  private final IntegerColumn numbers;

  DictionaryColumn(Spot spot, Dictionary dictionary, IntegerColumn numbers) {
    super(spot);
    this.dictionary = dictionary;
    this.numbers = numbers;
  }

  @Override
  void bind(Batch batch) throws ArrowFormatException {
    numbers.bind(batch);
  }

  @Override
  void bindValues(Batch batch, int values) {
    throw new IllegalStateException("a dictionary column has numbers only");
  }

  @Override
  void zone(TimeZone zone) {
    super.zone(zone);
    dictionary.zone(zone);
  }

  /** Finds a value among the parts of the dictionary. */
  private Dictionary.Entry at(int index) throws SQLException {
    return dictionary.entry((int) numbers.longAt(index), this);
  }

  @Override
  boolean isNull(int index) {
    return numbers.isNull(index) || dictionary.isNull((int) numbers.longAt(index));
  }

  @Override
  String textAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().textAt(entry.index());
  }

  @Override
  Object objectAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().objectAt(entry.index());
  }

  @Override
  boolean booleanAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().booleanAt(entry.index());
  }

  @Override
  long longAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().longAt(entry.index());
  }

  @Override
  double doubleAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().doubleAt(entry.index());
  }

  @Override
  BigDecimal decimalAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().decimalAt(entry.index());
  }

  @Override
  byte[] bytesAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().bytesAt(entry.index());
  }

  @Override
  Date dateAt(int index, TimeZone inZone) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().dateAt(entry.index(), inZone);
  }

  @Override
  Time timeAt(int index, TimeZone inZone) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().timeAt(entry.index(), inZone);
  }

  @Override
  Timestamp timestampAt(int index, TimeZone inZone) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().timestampAt(entry.index(), inZone);
  }

  @Override
  Object temporalAt(int index) throws SQLException {
    Dictionary.Entry entry = at(index);
    return entry.column().temporalAt(entry.index());
  }

  @Override
  void jsonAt(int index, StringBuilder out) throws SQLException {
    Dictionary.Entry entry = at(index);
    entry.column().jsonAt(entry.index(), out);
  }
}
