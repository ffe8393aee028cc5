// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.json.JsonText;
import java.util.List;

/** Writes the body of a request for a statement. */
final class StatementJson {

  private StatementJson() {}

  /** A statement to run; {@code maxRows} 0 takes them all. */
  static String run(String sql, List<SqlValue> parameters, long maxRows) {
    StringBuilder out = new StringBuilder("{\"sql\":");
    JsonText.quote(sql, out);
    if (!parameters.isEmpty()) {
      String before = ",\"parameters\":[";
      for (SqlValue parameter : parameters) {
        out.append(before);
        parameter.json(out);
        before = ",";
      }
      out.append(']');
    }
    if (maxRows > 0) {
      out.append(",\"max_rows\":").append(maxRows);
    }
    return out.append('}').toString();
  }

  /** A statement to be told of only. */
  static String prepare(String sql) {
    StringBuilder out = new StringBuilder("{\"sql\":");
    JsonText.quote(sql, out);
    return out.append(",\"prepare\":true}").toString();
  }
}
