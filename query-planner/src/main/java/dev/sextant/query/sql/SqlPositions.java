// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql;

import dev.sextant.model.Position;
import java.util.ArrayList;
import java.util.List;

/** Tells where in the statement as written something stands that stood elsewhere in the text that was parsed. */
final class SqlPositions {
  private final String original;
  private final String parsed;
  private final List<int[]> marks = new ArrayList<>();

  SqlPositions(String original, String parsed, List<int[]> marks) {
    this.original = original;
    this.parsed = parsed;
    this.marks.addAll(marks);
  }

  /** The line and column of an offset, from 1. */
  static Position of(String text, int offset) {
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

  /** The original position of a line and column of the parsed text. */
  Position original(int line, int column) {
    int offset = 0;
    for (int i = 1; i < line && offset >= 0; i++) {
      offset = parsed.indexOf('\n', offset) + 1;
    }
    int at = offset + column - 1;
    int[] best = {0, 0};
    for (int[] mark : marks) {
      if (mark[1] <= at) {
        best = mark;
      }
    }
    return of(original, Math.min(original.length(), best[0] + Math.max(0, at - best[1])));
  }
}
