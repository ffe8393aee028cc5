// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Position;

/**
 * Where a scalar is written: {@code text} between {@code start} and {@code end}, quotes or block header included. Quoting, folding and
 * indentation change white space only (and add escapes), so places are found by counting the characters that are not white space.
 */
record SourceText(String text, int start, int end, Style style) {

  /** How a scalar is written. */
  enum Style {
    PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK
  }

  Position place(String value, int offset, String file) {
    int visible = 0;
    for (int i = 0; i < Math.min(offset, value.length()); i++) {
      visible += Character.isWhitespace(value.charAt(i)) ? 0 : 1;
    }
    return position(file, offset(visible, offset >= value.length()));
  }

  private int offset(int visible, boolean atEnd) {
    int at = contentStart();
    for (int seen = 0; seen < visible && at < contentEnd(); seen++) {
      at = skipSpace(at);
      at += lengthAt(at);
    }
    return Math.min(atEnd ? at : skipSpace(at), contentEnd());
  }

  private int contentStart() {
    return switch (style) {
      case PLAIN -> start;
      case SINGLE_QUOTED, DOUBLE_QUOTED -> start + 1;
      case BLOCK -> Math.max(start, text.indexOf('\n', start) + 1);
    };
  }

  private int contentEnd() {
    return switch (style) {
      case PLAIN, BLOCK -> end;
      case SINGLE_QUOTED, DOUBLE_QUOTED -> end - 1;
    };
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < contentEnd() && (Character.isWhitespace(text.charAt(at)) || isEscapedSpace(at))) {
      at += Character.isWhitespace(text.charAt(at)) ? 1 : 2;
    }
    return at;
  }

  private boolean isEscapedSpace(int at) {
    return style == Style.DOUBLE_QUOTED && text.charAt(at) == '\\' && at + 1 < end && "ntr \n\tNLP_".indexOf(text.charAt(at + 1)) >= 0;
  }

  /** How many characters of the source make one character of the value. */
  private int lengthAt(int at) {
    if (at >= contentEnd()) {
      return 0;
    }
    char c = text.charAt(at);
    if (style == Style.SINGLE_QUOTED && c == '\'') {
      return 2;
    }
    if (style == Style.DOUBLE_QUOTED && c == '\\' && at + 1 < end) {
      return switch (text.charAt(at + 1)) {
        case 'x' -> 4;
        case 'u' -> 6;
        case 'U' -> 10;
        default -> 2;
      };
    }
    return 1;
  }

  private Position position(String file, int at) {
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    int line = 1;
    for (int i = text.indexOf('\n'); i >= 0 && i < lineStart; i = text.indexOf('\n', i + 1)) {
      line++;
    }
    return new Position(file, line, at - lineStart + 1);
  }
}
