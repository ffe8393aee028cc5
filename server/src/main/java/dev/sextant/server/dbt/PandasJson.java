// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.DataType;
import dev.sextant.query.ResultSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as pandas writes them, in each of its orientations. */
record PandasJson(ResultSchema schema, List<@Nullable Object[]> rows) {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  String text(String orient) throws IOException {
    return JSON.writeValueAsString(switch (orient) {
      case "RECORDS" -> records();
      case "SPLIT" -> ordered("columns", names(), "index", index(), "data", rows);
      case "COLUMNS" -> columns();
      case "INDEX" -> byIndex();
      case "VALUES" -> rows;
      default -> table();
    });
  }

  private Object table() {
    List<Object> fields = new ArrayList<>(List.of(ordered("name", "index", "type", "integer")));
    schema.columns().forEach(column -> fields.add(ordered("name", column.name(), "type", type(column.type()))));
    List<Map<String, @Nullable Object>> data = records();
    List<Map<String, @Nullable Object>> indexed = new ArrayList<>();
    for (int row = 0; row < data.size(); row++) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      record.put("index", row);
      record.putAll(data.get(row));
      indexed.add(record);
    }
    return ordered("schema", ordered("fields", fields, "primaryKey", List.of("index"), "pandas_version", "1.4.0"), "data", indexed);
  }

  private static String type(DataType type) {
    return switch (type.kind()) {
      case INTEGER, BIGINT -> "integer";
      case DECIMAL, DOUBLE -> "number";
      case BOOLEAN -> "boolean";
      case DATE, TIMESTAMP, TIMESTAMP_TZ -> "datetime";
      case NULL, STRING, TIME, INTERVAL, BINARY, OTHER -> "string";
    };
  }

  private List<Map<String, @Nullable Object>> records() {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      for (int i = 0; i < row.length; i++) {
        record.put(names().get(i), row[i]);
      }
      records.add(record);
    }
    return records;
  }

  private Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < names().size(); i++) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int row = 0; row < rows.size(); row++) {
        values.put(String.valueOf(row), rows.get(row)[i]);
      }
      columns.put(names().get(i), values);
    }
    return columns;
  }

  private Map<String, Object> byIndex() {
    Map<String, Object> all = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> records = records();
    for (int row = 0; row < records.size(); row++) {
      all.put(String.valueOf(row), records.get(row));
    }
    return all;
  }

  private List<Integer> index() {
    List<Integer> index = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      index.add(row);
    }
    return index;
  }

  private List<String> names() {
    return schema.columns().stream().map(ResultSchema.Column::name).toList();
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
