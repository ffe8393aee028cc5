// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them, with a header. */
final class Csv {
  private Csv() {}

  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(","));
  }

  private static String cell(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }

  /** The lines after the header, each by the header's names. */
  static List<Map<String, String>> lines(String text) {
    List<List<String>> all = cells(text);
    List<Map<String, String>> lines = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      Map<String, String> line = new LinkedHashMap<>();
      for (int j = 0; j < Math.min(all.getFirst().size(), all.get(i).size()); j++) {
        line.put(all.getFirst().get(j), all.get(i).get(j));
      }
      lines.add(line);
    }
    return lines;
  }

  private static List<List<String>> cells(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        quoted = c != '"' || doubled;
        i += doubled ? 1 : 0;
        cell.append(quoted ? String.valueOf(c) : "");
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        line.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (!cell.isEmpty() || !line.isEmpty()) {
      line.add(cell.toString());
      lines.add(line);
    }
    return lines;
  }
}
