// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

/** Puts text between quotes after it was written: most texts need no escape, so they are copied first and looked through afterwards. */
final class Quoting {
  private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Quoting() {}

  /** Begins a text and returns where it starts. */
  static int open(TextForm form, ByteText out) {
    if (form.isJson()) {
      out.put('"');
    }
    return out.size();
  }

  /** Ends the text that starts at {@code start}, escaping what its form cannot hold as it is. */
  static void close(TextForm form, int start, ByteText out) {
    switch (form) {
      case JSON, JSON_NUMBERS_AS_STRINGS -> {
        escapeJson(start, out);
        out.put('"');
      }
      case CSV -> quoteCsv(start, out);
      case PLAIN -> out.blankControls(start);
    }
  }

  /** Writes a whole JSON string. */
  static void json(String text, ByteText out) {
    int start = open(TextForm.JSON, out);
    out.utf8(text);
    close(TextForm.JSON, start, out);
  }

  private static void escapeJson(int start, ByteText out) {
    for (int i = start; i < out.size(); i++) {
      if (needsEscape(out.at(i))) {
        for (byte each : out.cutFrom(i)) {
          putEscaped(each, out);
        }
        return;
      }
    }
  }

  private static boolean needsEscape(byte each) {
    return each == '"' || each == '\\' || (each >= 0 && each < ' ');
  }

  private static void putEscaped(byte each, ByteText out) {
    if (!needsEscape(each)) {
      out.put((char) each);
      return;
    }
    out.put('\\');
    switch (each) {
      case '"', '\\' -> out.put((char) each);
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      default -> {
        out.ascii("u00");
        out.put((char) HEX[each >> 4]);
        out.put((char) HEX[each & 15]);
      }
    }
  }

  /** An empty text is quoted too, so that it differs from NULL. */
  static void quoteCsv(int start, ByteText out) {
    if (start < out.size() && !needsQuotes(start, out)) {
      return;
    }
    byte[] text = out.cutFrom(start);
    out.put('"');
    for (byte each : text) {
      if (each == '"') {
        out.put('"');
      }
      out.put((char) each);
    }
    out.put('"');
  }

  private static boolean needsQuotes(int start, ByteText out) {
    for (int i = start; i < out.size(); i++) {
      byte each = out.at(i);
      if (each == ',' || each == '"' || each == '\n' || each == '\r') {
        return true;
      }
    }
    return false;
  }
}
