// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.Provider.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Google Sheets with one sheet, {@code contacts}. A request is taken as a whole or not at all: one wrong cell, and nothing of it is written. */
final class Spreadsheet {
  private static final int LONGEST_CELL = 50_000;
  private static final int COLUMNS = 26;

  private final TreeMap<Integer, List<String>> lines = new TreeMap<>();
  private int rows;

  Spreadsheet(int rows) {
    this.rows = rows;
  }

  /** What every line that was written holds. */
  Map<Integer, List<String>> lines() {
    return lines;
  }

  int rows() {
    return rows;
  }

  /** Answers, and refuses a cell that holds {@code refused} like one that is too long. */
  Answer answer(Request request, String refused) {
    if (request.method().equals("GET")) {
      return Answer.json(200, request.path().contains("/values/") ? Map.of("range", "contacts!A2:A", "values", keys())
          : Map.of("sheets", List.of(Map.of("properties", Map.of("sheetId", 7, "title", "contacts", "gridProperties",
              Map.of("rowCount", rows, "columnCount", COLUMNS))))));
    }
    if (request.path().endsWith("/values:batchUpdate")) {
      return write(request.json().path("data"), refused);
    }
    rows += request.json().at("/requests/0/appendDimension/length").asInt();
    return Answer.json(200, Map.of("replies", List.of(Map.of())));
  }

  private List<List<String>> keys() {
    List<List<String>> keys = new ArrayList<>();
    for (int line = 2; !lines.isEmpty() && line <= lines.lastKey(); line++) {
      String key = lines.getOrDefault(line, List.of("")).getFirst();
      keys.add(key.isEmpty() ? List.of() : List.of(key));
    }
    return keys;
  }

  private Answer write(JsonNode data, String refused) {
    for (int i = 0; i < data.size(); i++) {
      Optional<String> wrong = wrong(data.path(i), refused);
      if (wrong.isPresent()) {
        return Answer.json(400, Map.of("error", Map.of("code", 400, "message", "Invalid data[" + i + "]: " + wrong.get(), "status",
            "INVALID_ARGUMENT")));
      }
    }
    data.forEach(change -> lines.put(line(change), cells(change)));
    return Answer.json(200, Map.of("totalUpdatedRows", data.size()));
  }

  private Optional<String> wrong(JsonNode change, String refused) {
    if (line(change) > rows) {
      return Optional
          .of("Range (" + change.path("range").asText() + ") exceeds grid limits. Max rows: " + rows + ", max columns: " + COLUMNS);
    }
    return cells(change).stream().anyMatch(cell -> cell.length() > LONGEST_CELL || !refused.isEmpty() && cell.equals(refused))
        ? Optional.of("Your input contains more than the maximum of 50000 characters in a single cell.")
        : Optional.empty();
  }

  private static int line(JsonNode change) {
    return Integer.parseInt(change.path("range").asText().replaceFirst(".*!A(\\d+):.*", "$1"));
  }

  private static List<String> cells(JsonNode change) {
    List<String> cells = new ArrayList<>();
    change.path("values").path(0).forEach(cell -> cells.add(cell.asText()));
    return cells;
  }
}
