// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;

/** The values that a dictionary column's numbers stand for; a stream may replace them or add to them between batches. */
final class Dictionary {
  private final Maker maker;
  private final List<Column> parts = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private TimeZone zone = TimeZone.getDefault();

  /** Makes a column for the values of one more batch. */
  interface Maker {
    Column column() throws ArrowFormatException;
  }

  /** A value: the column it stands in, and where. */
  static final class Entry {
    private final Column column;
    private final int index;

    private Entry(Column column, int index) {
      this.column = column;
      this.index = index;
    }

    Column column() {
      return column;
    }

    int index() {
      return index;
    }
  }

  Dictionary(Maker maker) {
    this.maker = maker;
  }

  void replace(Batch batch) throws ArrowFormatException {
    parts.clear();
    sizes.clear();
    add(batch);
  }

  void add(Batch batch) throws ArrowFormatException {
    Column column = maker.column();
    column.zone(zone);
    column.bind(batch);
    parts.add(column);
    sizes.add(batch.rows());
  }

  void zone(TimeZone next) {
    zone = next;
    parts.forEach(part -> part.zone(next));
  }

  boolean isNull(int number) {
    int index = number;
    for (int i = 0; i < parts.size(); i++) {
      if (index < sizes.get(i)) {
        return parts.get(i).isNull(index);
      }
      index -= sizes.get(i);
    }
    return false;
  }

  Entry entry(int number, Column asking) throws SQLException {
    int index = number;
    for (int i = 0; i < parts.size(); i++) {
      if (index < sizes.get(i)) {
        return new Entry(parts.get(i), index);
      }
      index -= sizes.get(i);
    }
    throw Conversions.outOfRange(asking, number, "its dictionary");
  }
}
