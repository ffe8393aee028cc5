// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.scratch;

/** Quotes what is written into SQL. */
public final class Sql {
  private Sql() {}

  public static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  public static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
