// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryFacts.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/** How an answer came about, as the {@code meta} of a JSON answer: timings are milliseconds. */
final class MetaJson {
  private static final int MOST_DIGITS = 15;

  private MetaJson() {}

  /** The part that all who get the same answer see. */
  static void begin(QueryFacts facts, long rows, ByteText out) {
    out.ascii("{\"row_count\":");
    out.integer(rows);
    if (!facts.statements().isEmpty()) {
      member("sql", facts.statements().stream().map(Statement::sql).collect(Collectors.joining(";\n")), out);
      member("warehouse", facts.statements().stream().map(Statement::warehouse).distinct().collect(Collectors.joining(", ")), out);
    }
  }

  /** The part that each request has of its own. */
  static void end(QueryFacts facts, ByteText out) {
    if (!facts.queryId().isEmpty()) {
      member("query_id", facts.queryId(), out);
    }
    facts.notes().forEach((key, value) -> note(key, value, out));
    out.ascii(",\"timings\":{");
    String before = "";
    for (Map.Entry<String, Long> stage : facts.stageMicros().entrySet()) {
      out.ascii(before);
      before = ",";
      Quoting.json(stage.getKey(), out);
      out.put(':');
      out.decimal(stage.getValue(), 3);
    }
    out.ascii("}}");
  }

  private static void note(String key, String value, ByteText out) {
    if (!isWholeNumber(value)) {
      member(key, value, out);
      return;
    }
    out.put(',');
    Quoting.json(key, out);
    out.put(':');
    out.integer(Long.parseLong(value));
  }

  private static boolean isWholeNumber(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - first;
    return digits > 0 && digits <= MOST_DIGITS && text.chars().skip(first).allMatch(c -> c >= '0' && c <= '9');
  }

  private static void member(String key, String value, ByteText out) {
    out.put(',');
    Quoting.json(key, out);
    out.put(':');
    Quoting.json(value, out);
  }
}
