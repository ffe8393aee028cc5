// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.rel.SketchFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlWriter;

/** Sketches by the functions that our DuckDB knows, which take lists as texts. Values are told apart by their MD5, the same everywhere. */
final class SketchTexts {
  private SketchTexts() {}

  static void write(SketchFunction sketch, SqlCall call, SqlWriter writer) {
    switch (sketch.kind()) {
      case DISTINCT_SKETCH ->
          write(writer, "SEXTANT_DISTINCT_SKETCH(STRING_AGG(CAST(MD5_NUMBER_LOWER(CAST(", call, 0, " AS VARCHAR)) AS VARCHAR), ','))");
      case DISTINCT_COUNT -> write(writer, "COALESCE(SEXTANT_DISTINCT_COUNT(STRING_AGG(", call, 0, ", ',')), 0)");
      case QUANTILE_SKETCH -> {
        write(writer, "SEXTANT_QUANTILE_SKETCH(STRING_AGG(CAST(", call, 0, " AS VARCHAR) || '*' || CAST(");
        write(writer, "", call, 1, " AS VARCHAR), ','))");
      }
      case QUANTILE -> write(writer, "SEXTANT_QUANTILE(STRING_AGG(", call, 0, ", ','), " + sketch.fraction() + ")");
    }
  }

  private static void write(SqlWriter writer, String before, SqlCall call, int operand, String after) {
    writer.print(before);
    call.operand(operand).unparse(writer, 0, 0);
    writer.print(after);
    writer.setNeedWhitespace(true);
  }
}
