// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.DataType;
import dev.sextant.query.ResultSchema;
import dev.sextant.server.ops.WholeAnswers.WholeAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer of a statement as Cube streams it: a line with the columns, a line with the rows. */
record CubeSqlRows(WholeAnswer answer, Instant at) {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  String text() {
    List<Map<String, String>> columns = answer.schema().columns().stream().map(CubeSqlRows::column).toList();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("schema", columns);
    schema.put("lastRefreshTime", at.toString());
    try {
      return JSON.writeValueAsString(schema) + "\n" + JSON.writeValueAsString(Map.of("data", answer.rows())) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, String> column(ResultSchema.Column column) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("column_type", type(column.type()));
    return json;
  }

  private static String type(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "Boolean";
      case INTEGER -> "Int32";
      case BIGINT -> "Int64";
      case DECIMAL -> "Decimal";
      case DOUBLE -> "Double";
      case DATE -> "Date";
      case TIMESTAMP, TIMESTAMP_TZ -> "Timestamp";
      case INTERVAL -> "Interval";
      case NULL -> "Null";
      case STRING, TIME, BINARY, OTHER -> "String";
    };
  }
}
