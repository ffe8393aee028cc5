// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** A place in a definition file; lines and columns count from 1. */
public record Position(String file, int line, int column) implements Comparable<Position> {

  /** The place of things that no file holds: generated definitions and queries. */
  public static final Position NOWHERE = new Position("", 0, 0);

  /** Returns the same file and line, {@code columns} further to the right. */
  public Position plusColumns(int columns) {
    return new Position(file, line, column + columns);
  }

  @Override
  public int compareTo(Position other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return file.isEmpty() ? line + ":" + column : file + ":" + line + ":" + column;
  }
}
