// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

/** Where a column stands: its name, its type and the rows it is read by. */
final class Spot {
  private final String name;
  private final ColumnType type;
  private final Rows rows;

  Spot(String name, ColumnType type, Rows rows) {
    this.name = name;
    this.type = type;
    this.rows = rows;
  }

  String name() {
    return name;
  }

  ColumnType type() {
    return type;
  }

  Rows rows() {
    return rows;
  }
}
