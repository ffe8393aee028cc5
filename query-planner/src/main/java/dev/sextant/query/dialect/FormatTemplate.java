// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** A date format of PostgreSQL's, read piece by piece: {@code 'YYYY-MM-DD'}, {@code 'FMMonth'}, {@code 'IYYY"-W"IW'}. */
record FormatTemplate(List<Piece> pieces) {
  /** Longer ones before those they begin with. */
  private static final List<String> PATTERNS = List.of("YYYY", "IYYY", "HH24", "HH12", "MONTH", "Month", "month", "DDD", "DAY", "Day",
      "day",
      "MON", "Mon", "mon", "DY", "Dy", "dy", "YY", "IY", "IW", "ID", "WW", "MM", "MI", "MS", "DD", "SS", "US", "HH", "AM", "PM", "am", "pm",
      "Q", "D", "W");

  /** A part of the format: a pattern, or text that stands for itself. */
  record Piece(String text, boolean pattern, boolean unpadded) {}

  FormatTemplate {
    pieces = List.copyOf(pieces);
  }

  /** Reads a constant format; anything else cannot be translated. */
  static FormatTemplate of(SqlNode node, String function) {
    String text = constant(node).orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED, function + " takes its format as a constant text."));
    List<Piece> pieces = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == '"') {
        int end = text.indexOf('"', i + 1) < 0 ? text.length() : text.indexOf('"', i + 1);
        pieces.add(new Piece(text.substring(i + 1, end), false, false));
        i = end + 1;
        continue;
      }
      boolean unpadded = text.startsWith("FM", i) || text.startsWith("fm", i);
      int start = unpadded ? i + 2 : i;
      Optional<String> pattern = PATTERNS.stream().filter(one -> text.startsWith(one, start)).findFirst();
      if (pattern.isPresent()) {
        pieces.add(new Piece(pattern.get(), true, unpadded));
        i = start + pattern.get().length();
      } else if (unpadded || Character.isLetterOrDigit(text.charAt(i))) {
        throw Problem.of(QueryIssue.UNSUPPORTED, "'" + text.substring(i) + "' is no date format that is known in '" + text
            + "'; put what stands for itself into double quotes.");
      } else {
        pieces.add(new Piece(text.substring(i, i + 1), false, false));
        i++;
      }
    }
    return new FormatTemplate(pieces);
  }

  private static Optional<String> constant(SqlNode node) {
    return node instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())
        ? Optional.ofNullable(literal.getValueAs(String.class))
        : Optional.empty();
  }
}
