// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

/** Quotes what is written into SQL. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
