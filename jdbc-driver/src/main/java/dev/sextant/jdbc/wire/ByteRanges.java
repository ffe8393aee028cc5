// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.wire;

/** Where the bytes of values of varying length lie. */
public abstract class ByteRanges {

  /** Takes the buffers after the validity. */
  public abstract void bind(Batch batch, int values) throws ArrowFormatException;

  public abstract int start(byte[] body, int index);

  public abstract int length(byte[] body, int index);

  /** Values one behind the other, with offsets of 32 bits. */
  public static final class Offsets extends ByteRanges {
    private int offsets;
    private int data;

    @Override
    public void bind(Batch batch, int values) throws ArrowFormatException {
      offsets = batch.next(values == 0 ? 0 : (values + 1L) * 4);
      data = batch.next(values == 0 ? 0 : Bytes.intAt(batch.body(), offsets + values * 4));
    }

    @Override
    public int start(byte[] body, int index) {
      return data + Bytes.intAt(body, offsets + (index << 2));
    }

    @Override
    public int length(byte[] body, int index) {
      int at = offsets + (index << 2);
      return Bytes.intAt(body, at + 4) - Bytes.intAt(body, at);
    }
  }

  /** The same with offsets of 64 bits; a batch is never longer than an {@code int} counts. */
  public static final class LargeOffsets extends ByteRanges {
    private int offsets;
    private int data;

    @Override
    public void bind(Batch batch, int values) throws ArrowFormatException {
      offsets = batch.next(values == 0 ? 0 : (values + 1L) * 8);
      data = batch.next(values == 0 ? 0 : Bytes.longAt(batch.body(), offsets + values * 8));
    }

    @Override
    public int start(byte[] body, int index) {
      return data + (int) Bytes.longAt(body, offsets + (index << 3));
    }

    @Override
    public int length(byte[] body, int index) {
      int at = offsets + (index << 3);
      return (int) (Bytes.longAt(body, at + 8) - Bytes.longAt(body, at));
    }
  }

  /** Values of one length. */
  public static final class Fixed extends ByteRanges {
    private final int width;
    private int data;

    public Fixed(int width) {
      this.width = width;
    }

    @Override
    public void bind(Batch batch, int values) throws ArrowFormatException {
      data = batch.next((long) values * width);
    }

    @Override
    public int start(byte[] body, int index) {
      return data + index * width;
    }

    @Override
    public int length(byte[] body, int index) {
      return width;
    }
  }

  /** Views of 16 bytes: short values stand in them, longer ones in one of several data buffers. */
  public static final class Views extends ByteRanges {
    private static final int VIEW = 16;
    private static final int MOST_INLINE = 12;

    private int views;
    private int[] data = {};

    @Override
    public void bind(Batch batch, int values) throws ArrowFormatException {
      views = batch.next((long) values * VIEW);
      data = new int[batch.nextVariadics()];
      for (int i = 0; i < data.length; i++) {
        data[i] = batch.next(0);
      }
    }

    @Override
    public int start(byte[] body, int index) {
      int view = views + index * VIEW;
      return Bytes.intAt(body, view) <= MOST_INLINE ? view + 4 : data[Bytes.intAt(body, view + 8)] + Bytes.intAt(body, view + 12);
    }

    @Override
    public int length(byte[] body, int index) {
      return Bytes.intAt(body, views + index * VIEW);
    }
  }
}
