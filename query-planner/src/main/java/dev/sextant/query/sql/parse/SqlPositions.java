// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Tells where in the statement as written something stands that stood elsewhere in the text that was parsed. */
public final class SqlPositions {
  private final String original;
  private final String parsed;
  private final List<int[]> marks = new ArrayList<>();

  SqlPositions(String original, String parsed, List<int[]> marks) {
    this.original = original;
    this.parsed = parsed;
    this.marks.addAll(marks);
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
    int[] to = mark(Math.max(start, end - 1));
    int first = from[0] + start - from[1];
    int last = to[0] + end - to[1];
    return first < last && last <= original.length() ? original.substring(first, last).replaceAll("\\s+", " ") : "";
  }

  private int offset(int line, int column) {
    int offset = 0;
    for (int i = 1; i < line; i++) {
      offset = parsed.indexOf('\n', offset) + 1;
    }
    return offset + column - 1;
  }

  private int[] mark(int at) {
    int[] best = {0, 0};
    for (int[] mark : marks) {
      if (mark[1] <= at) {
        best = mark;
      }
    }
    return best;
  }

  /** The original position of a line and column of the parsed text. */
  public Position original(int line, int column) {
    int at = offset(line, column);
    int[] best = mark(at);
    return of(original, Math.min(original.length(), best[0] + Math.max(0, at - best[1])));
  }
}
