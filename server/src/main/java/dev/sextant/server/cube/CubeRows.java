// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows as Cube does: numbers as texts, times to the millisecond and without a zone. */
record CubeRows(CubeQuestion question, List<@Nullable Object[]> rows, Optional<String> compared, Optional<String> blendedTime) {
  private static final int MILLIS = "2026-01-31T00:00:00.000".length();

  /** The rows in the shape the query asks for. */
  Object json() {
    return switch (question.query().shape()) {
      case DEFAULT -> rows.stream().map(this::object).toList();
      case COMPACT -> {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("members", keys());
        json.put("dataset", rows.stream().map(row -> new ArrayList<>(object(row).values())).toList());
        yield json;
      }
      case COLUMNAR -> columnar();
    };
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>(question.columns().stream().map(CubeQuestion.Shown::key).toList());
    compared.ifPresent(range -> keys.add("compareDateRange"));
    blendedTime.ifPresent(time -> keys.add(blended(time)));
    return keys;
  }

  private static String blended(String time) {
    return "time" + time.substring(time.lastIndexOf('.'));
  }

  private Map<String, Object> columnar() {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    keys().forEach(key -> columns.add(new ArrayList<>()));
    for (@Nullable Object[] row : rows) {
      int place = 0;
      for (Object value : object(row).values()) {
        columns.get(place++).add(value);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("members", keys());
    json.put("columns", columns);
    return json;
  }

  private Map<String, @Nullable Object> object(@Nullable Object[] row) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    question.columns().forEach(column -> object.put(column.key(), cell(row[column.place()], column.member())));
    compared.ifPresent(range -> object.put("compareDateRange", range));
    blendedTime.ifPresent(time -> object.put(blended(time), object.get(time)));
    return object;
  }

  private static @Nullable Object cell(@Nullable Object value, CubeMember member) {
    return switch (value) {
      case null -> null;
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case String text when member.isTime() -> time(text);
      default -> value;
    };
  }

  /** Pads or cuts an ISO text; what is no time stays as it is. */
  private static String time(String text) {
    if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return text;
    }
    String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    String whole = local.length() == 10 ? local + "T00:00:00" : local;
    String dotted = whole.indexOf('.') < 0 ? whole + ".000" : whole;
    return dotted.length() > MILLIS ? dotted.substring(0, MILLIS) : dotted;
  }
}
