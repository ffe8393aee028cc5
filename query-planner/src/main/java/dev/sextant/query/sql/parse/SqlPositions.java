// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Tells where in the statement as written something stands that stood elsewhere in the text that was parsed. */
public final class SqlPositions {
  private final String original;
  private final List<int[]> marks = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>(List.of(0));

  SqlPositions(String original, String parsed, List<int[]> marks) {
    this.original = original;
    this.marks.addAll(marks);
    for (int end = parsed.indexOf('\n'); end >= 0; end = parsed.indexOf('\n', end + 1)) {
      lines.add(end + 1);
    }
  }

  /** The line and column of an offset, from 1. */
  public static Position of(String text, int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Position("", line, offset - start + 1);
  }

  /** The text of a node as written, on one line. */
  public String slice(SqlParserPos position) {
    if (position.getLineNum() == 0) {
      return "";
    }
    int start = offset(position.getLineNum(), position.getColumnNum());
    int end = offset(position.getEndLineNum(), position.getEndColumnNum()) + 1;
    int[] from = mark(start);
    int[] to = mark(end);
    int first = from[0] + start - from[1];
    int last = to[0] + end - to[1];
    return first < last && last <= original.length() ? original.substring(first, last).replaceAll("\\s+", " ") : "";
  }

  private int offset(int line, int column) {
    return lines.get(Math.min(line, lines.size()) - 1) + column - 1;
  }

  /** The last mark at or before an offset of the parsed text. */
  private int[] mark(int at) {
    int low = 0;
    int high = marks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (marks.get(middle)[1] <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return marks.isEmpty() ? new int[] {0, 0} : marks.get(low);
  }

  /** The original position of a line and column of the parsed text. */
  public Position original(int line, int column) {
    if (line == 0) {
      return Position.NOWHERE;
    }
    int at = offset(line, column);
    int[] best = mark(at);
    return of(original, Math.min(original.length(), best[0] + Math.max(0, at - best[1])));
  }
}
