// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts, numbers and booleans as JSON. */
public final class JsonText {

  private JsonText() {}

  /** On one line. */
  public static String line(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.entrySet()
          .stream()
          .map(entry -> quoted(entry.getKey().toString()) + ":" + line(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(JsonText::line).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> quoted(value.toString());
    };
  }

  /** On many lines, for people. */
  public static String indented(Object value) {
    return indented(value, "\n") + "\n";
  }

  private static String indented(Object value, String newLine) {
    String inner = newLine + "  ";
    return switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> map.entrySet()
          .stream()
          .map(entry -> quoted(entry.getKey().toString()) + ": " + indented(entry.getValue(), inner))
          .collect(Collectors.joining("," + inner, "{" + inner, newLine + "}"));
      case List<?> list when list.stream().anyMatch(item -> item instanceof Map || item instanceof List) -> list.stream()
          .map(item -> indented(item, inner))
          .collect(Collectors.joining("," + inner, "[" + inner, newLine + "]"));
      default -> line(value);
    };
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < ' ' || c == '\u2028' || c == '\u2029' ? String.format("\\u%04x", (int) c) : Character.toString(c));
      }
    }
    return json.append('"').toString();
  }
}
