// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

/** Where the bytes of values of varying length lie. */
abstract class ByteRanges {

  /** Takes the buffers after the validity. */
  abstract void bind(Batch batch, int values) throws ArrowFormatException;

  abstract int start(byte[] body, int index);

  abstract int length(byte[] body, int index);

  /** Values one behind the other, with offsets of 32 bits. */
  static final class Offsets extends ByteRanges {
    private int offsets;
    private int data;

    @Override
    void bind(Batch batch, int values) throws ArrowFormatException {
      offsets = batch.next(values == 0 ? 0 : (values + 1L) * 4);
      data = batch.next(values == 0 ? 0 : Bytes.intAt(batch.body, offsets + values * 4));
    }

    @Override
    int start(byte[] body, int index) {
      return data + Bytes.intAt(body, offsets + (index << 2));
    }

    @Override
    int length(byte[] body, int index) {
      int at = offsets + (index << 2);
      return Bytes.intAt(body, at + 4) - Bytes.intAt(body, at);
    }
  }

  /** The same with offsets of 64 bits; a batch is never longer than an {@code int} counts. */
  static final class LargeOffsets extends ByteRanges {
    private int offsets;
    private int data;

    @Override
    void bind(Batch batch, int values) throws ArrowFormatException {
      offsets = batch.next(values == 0 ? 0 : (values + 1L) * 8);
      data = batch.next(values == 0 ? 0 : Bytes.longAt(batch.body, offsets + values * 8));
    }

    @Override
    int start(byte[] body, int index) {
      return data + (int) Bytes.longAt(body, offsets + (index << 3));
    }

    @Override
    int length(byte[] body, int index) {
      int at = offsets + (index << 3);
      return (int) (Bytes.longAt(body, at + 8) - Bytes.longAt(body, at));
    }
  }

  /** Values of one length. */
  static final class Fixed extends ByteRanges {
    private final int width;
    private int data;

    Fixed(int width) {
      this.width = width;
    }

    @Override
    void bind(Batch batch, int values) throws ArrowFormatException {
      data = batch.next((long) values * width);
    }

    @Override
    int start(byte[] body, int index) {
      return data + index * width;
    }

    @Override
    int length(byte[] body, int index) {
      return width;
    }
  }

  /** Views of 16 bytes: short values stand in them, longer ones in one of several data buffers. */
  static final class Views extends ByteRanges {
    private static final int VIEW = 16;
    private static final int MOST_INLINE = 12;

    private int views;
    private int[] data = {};

    @Override
    void bind(Batch batch, int values) throws ArrowFormatException {
      views = batch.next((long) values * VIEW);
      data = new int[batch.nextVariadics()];
      for (int i = 0; i < data.length; i++) {
        data[i] = batch.next(0);
      }
    }

    @Override
    int start(byte[] body, int index) {
      int view = views + index * VIEW;
      return Bytes.intAt(body, view) <= MOST_INLINE ? view + 4 : data[Bytes.intAt(body, view + 8)] + Bytes.intAt(body, view + 12);
    }

    @Override
    int length(byte[] body, int index) {
      return Bytes.intAt(body, views + index * VIEW);
    }
  }
}
