// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.ValueText;
import java.util.List;

/** An HTTP status and body. */
public record Reply(int status, JsonNode body) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What a door's answer looks like over HTTP. */
  public static Reply of(Answer answer) {
    return switch (answer) {
      case Answer.Rows rows -> new Reply(200, body(rows.table()));
      case Answer.Refusal refusal -> new Reply(400, error(refusal.complaints().getFirst()));
    };
  }

  private static ObjectNode error(Answer.Complaint complaint) {
    ObjectNode body = JSON.objectNode();
    body.putObject("error").put("code", complaint.code()).put("message", complaint.message());
    return body;
  }

  private static ObjectNode body(Table table) {
    ObjectNode body = JSON.objectNode();
    ArrayNode columns = body.putArray("columns");
    table.names().forEach(name -> columns.addObject().put("name", name));
    ArrayNode rows = body.putArray("rows");
    table.rows().forEach(row -> rows.add(row(row)));
    return body;
  }

  private static ArrayNode row(List<Value> values) {
    ArrayNode row = JSON.arrayNode();
    values.forEach(value -> row.add(cell(value)));
    return row;
  }

  private static JsonNode cell(Value value) {
    return switch (value) {
      case Value.Absent none -> JSON.nullNode();
      case Value.Truth truth -> JSON.booleanNode(truth.value());
      case Value.Exact exact -> JSON.numberNode(exact.value());
      case Value.Real real -> JSON.numberNode(real.value());
      case Value.Text text -> JSON.textNode(text.value());
      case Value.Day day -> JSON.textNode(ValueText.of(day));
      case Value.Moment moment -> JSON.textNode(ValueText.of(moment));
      case Value.Point point -> JSON.textNode(ValueText.of(point));
    };
  }
}
