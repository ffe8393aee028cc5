// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.wire;

/** Where the items of each list lie among all items. */
public interface ListExtents {

  /** Takes the buffers after the validity. */
  void bind(Batch batch, int values) throws ArrowFormatException;

  int first(byte[] body, int index);

  int count(byte[] body, int index);

  /** Offsets of 32 or 64 bits, one more than there are lists. */
  final class Offsets implements ListExtents {
    private final int width;
    private int offsets;

    public Offsets(int width) {
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
  final class Views implements ListExtents {
    private final int width;
    private int offsets;
    private int sizes;

    public Views(int width) {
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
  final class Fixed implements ListExtents {
    private final int size;

    public Fixed(int size) {
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
