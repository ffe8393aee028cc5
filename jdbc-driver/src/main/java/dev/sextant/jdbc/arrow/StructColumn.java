// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.json.JsonText;
import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import java.sql.SQLException;
import java.util.List;
import java.util.TimeZone;

/** Values of several named parts, told as JSON. */
final class StructColumn extends CursorColumn {
  private final List<Column> parts;

  StructColumn(Spot spot, List<Column> parts) {
    super(spot);
    this.parts = List.copyOf(parts);
  }

  @Override
  void bindValues(Batch batch, int values) throws ArrowFormatException {
    for (Column part : parts) {
      part.bind(batch);
    }
  }

  @Override
  void zone(TimeZone zone) {
    super.zone(zone);
    parts.forEach(part -> part.zone(zone));
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
    String before = "{";
    for (Column part : parts) {
      out.append(before);
      JsonText.quote(part.name(), out);
      out.append(':');
      part.jsonOrNullAt(index, out);
      before = ",";
    }
    out.append(parts.isEmpty() ? "{}" : "}");
  }
}
