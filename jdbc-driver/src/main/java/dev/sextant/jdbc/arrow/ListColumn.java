// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.ListExtents;
import java.sql.SQLException;
import java.util.TimeZone;

/** Lists of values, told as JSON. */
final class ListColumn extends CursorColumn {
  private final ListExtents extents;
  private final Column items;

  ListColumn(Spot spot, ListExtents extents, Column items) {
    super(spot);
    this.extents = extents;
    this.items = items;
  }

  @Override
  void bindValues(Batch batch, int values) throws ArrowFormatException {
    extents.bind(batch, values);
    items.bind(batch);
  }

  @Override
  void zone(TimeZone zone) {
    super.zone(zone);
    items.zone(zone);
  }

  @Override
  String textAt(int index) throws SQLException {
    StringBuilder text = new StringBuilder();
    jsonAt(index, text);
    return text.toString();
  }

  @Override
  Object objectAt(int index) throws SQLException {
    return textAt(index);
  }

  @Override
  void jsonAt(int index, StringBuilder out) throws SQLException {
    out.append('[');
    int first = extents.first(body, index);
    for (int i = 0; i < extents.count(body, index); i++) {
      out.append(i == 0 ? "" : ",");
      items.jsonOrNullAt(first + i, out);
    }
    out.append(']');
  }
}
