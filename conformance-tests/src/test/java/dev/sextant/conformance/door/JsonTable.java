// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.model.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an answer's columns and rows; the declared types say what a cell is. */
public final class JsonTable {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), (\\d+)\\)");

  private static final int DATE_LENGTH = 10;

  private JsonTable() {}

  public static Table read(JsonNode body) {
    List<Table.Column> columns = new ArrayList<>();
    body.path("columns").forEach(column -> columns.add(new Table.Column(column.path("name").asText(), type(column.path("type").asText()))));
    List<List<Value>> rows = new ArrayList<>();
    body.path("rows").forEach(row -> rows.add(row(row, columns)));
    return new Table(columns, rows);
  }

  private static DataType type(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return DataType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return new DataType(DataType.Kind.valueOf(text.toUpperCase(Locale.ROOT)), 0, 0);
  }

  private static List<Value> row(JsonNode cells, List<Table.Column> columns) {
    List<Value> row = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      JsonNode cell = cells.path(i);
      row.add(cell.isNull() ? Value.NULL : value(cell, columns.get(i).type()));
    }
    return row;
  }

  private static Value value(JsonNode cell, DataType type) {
    String text = cell.asText();
    return switch (type.kind()) {
      case BOOLEAN -> Value.of(cell.asBoolean());
      case INTEGER, BIGINT, DECIMAL -> new Value.Exact(new BigDecimal(text));
      case DOUBLE -> new Value.Real(Double.parseDouble(text));
      case DATE -> text.length() > DATE_LENGTH ? new Value.Moment(LocalDateTime.parse(text)) : new Value.Day(LocalDate.parse(text));
      case TIMESTAMP -> new Value.Moment(LocalDateTime.parse(text));
      case TIMESTAMP_TZ -> new Value.Point(Instant.parse(text));
      case NULL, STRING, TIME, INTERVAL, BINARY, OTHER -> Value.of(text);
    };
  }
}
