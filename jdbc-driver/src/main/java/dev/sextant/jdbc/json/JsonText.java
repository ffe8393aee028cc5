// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.json;

import java.util.Locale;

/** Writes strings as JSON does. */
public final class JsonText {

  private JsonText() {}

  /** Appends a string with its quotes. */
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) && !isPaired(text, i)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Half a pair has no UTF-8 form. */
  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at)) ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
