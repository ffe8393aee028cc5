// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.json.JsonText;

/** A parameter's value as the server takes it: the name of its type and its text. */
final class SqlValue {
  static final SqlValue NULL = new SqlValue("null", "");

  private final String type;
  private final String text;

  SqlValue(String type, String text) {
    this.type = type;
    this.text = text;
  }

  String type() {
    return type;
  }

  String text() {
    return text;
  }

  void json(StringBuilder out) {
    if (type.equals("null")) {
      out.append("null");
      return;
    }
    out.append("{\"type\":");
    JsonText.quote(type, out);
    out.append(",\"value\":");
    JsonText.quote(text, out);
    out.append('}');
  }

  @Override
  public String toString() {
    return type + " '" + text + "'";
  }
}
