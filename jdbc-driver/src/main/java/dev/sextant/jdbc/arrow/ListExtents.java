// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

/** The ways in which Arrow lays out lists. */
final class ListExtents {

  private ListExtents() {}

  /** Offsets of 32 or 64 bits, one more than there are lists. */
  static final class Offsets implements ListColumn.Extents {
    private final int width;
    private int offsets;

    Offsets(int width) {
      this.width = width;
    }

    @Override
    public void bind(Batch batch, int values) throws ArrowFormatException {
      offsets = batch.next(values == 0 ? 0 : (values + 1L) * width);
    }

    @Override
    public int first(byte[] body, int index) {
      return number(body, offsets + index * width, width);
    }

    @Override
    public int count(byte[] body, int index) {
      return first(body, index + 1) - first(body, index);
    }
  }

  /** An offset and a size for each list. */
  static final class Views implements ListColumn.Extents {
    private final int width;
    private int offsets;
    private int sizes;

    Views(int width) {
      this.width = width;
    }

    @Override
    public void bind(Batch batch, int values) throws ArrowFormatException {
      offsets = batch.next((long) values * width);
      sizes = batch.next((long) values * width);
    }

    @Override
    public int first(byte[] body, int index) {
      return number(body, offsets + index * width, width);
    }

    @Override
    public int count(byte[] body, int index) {
      return number(body, sizes + index * width, width);
    }
  }

  /** Lists of one length. */
  static final class Fixed implements ListColumn.Extents {
    private final int size;

    Fixed(int size) {
      this.size = size;
    }

    @Override
    public void bind(Batch batch, int values) {
      // All is known.
    }

    @Override
    public int first(byte[] body, int index) {
      return index * size;
    }

    @Override
    public int count(byte[] body, int index) {
      return size;
    }
  }

  private static int number(byte[] body, int at, int width) {
    return width == 4 ? Bytes.intAt(body, at) : (int) Bytes.longAt(body, at);
  }
}
