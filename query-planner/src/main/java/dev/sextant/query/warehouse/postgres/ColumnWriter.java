// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** Writes the values of one column, in PostgreSQL's binary form, into an Arrow vector with room for the row; nulls are not written. */
interface ColumnWriter {
  VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  FieldVector vector();

  /** Writes the {@code length} bytes from {@code at} on. */
  void write(int row, byte[] bytes, int at, int length);

  /** {@code bool}. */
  record Booleans(BitVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, bytes[at]);
    }
  }

  /** {@code smallint}. */
  record Shorts(SmallIntVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, (short) SHORTS.get(bytes, at));
    }
  }

  /** {@code integer}. */
  record Ints(IntVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, (int) INTS.get(bytes, at));
    }
  }

  /** {@code bigint}. */
  record Longs(BigIntVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, (long) LONGS.get(bytes, at));
    }
  }

  /** {@code real}. */
  record Floats(Float4Vector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, Float.intBitsToFloat((int) INTS.get(bytes, at)));
    }
  }

  /** {@code double precision}. */
  record Doubles(Float8Vector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, Double.longBitsToDouble((long) LONGS.get(bytes, at)));
    }
  }

  /** {@code text} and everything that is sent as text. */
  record Texts(VarCharVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.setSafe(row, bytes, at, length);
    }
  }

  /** {@code bytea}. */
  record Bytes(VarBinaryVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.setSafe(row, bytes, at, length);
    }
  }

  /** {@code uuid}, as text. */
  record Uuids(VarCharVector vector, byte[] text) implements ColumnWriter {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    Uuids(VarCharVector vector) {
      this(vector, new byte[36]);
    }

    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      int to = 0;
      for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
          text[to++] = '-';
        }
        text[to++] = DIGITS[bytes[at + i] >> 4 & 15];
        text[to++] = DIGITS[bytes[at + i] & 15];
      }
      vector.setSafe(row, text, 0, to);
    }
  }

  /** {@code date}, counted from 2000; the infinities become the first and last day there is. */
  record Dates(DateDayVector vector) implements ColumnWriter {
    private static final int DAYS_TO_2000 = 10_957;

    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      int days = (int) INTS.get(bytes, at);
      vector.set(row, days == Integer.MIN_VALUE ? days : (int) Math.min(Integer.MAX_VALUE, (long) days + DAYS_TO_2000));
    }
  }

  /** {@code time}. */
  record Times(TimeMicroVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      vector.set(row, (long) LONGS.get(bytes, at));
    }
  }

  /** {@code timestamp} and {@code timestamptz}, counted from 2000; the infinities become the first and last instant there is. */
  record Timestamps(TimeStampVector vector) implements ColumnWriter {
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      long micros = (long) LONGS.get(bytes, at);
      boolean first = micros == Long.MIN_VALUE;
      boolean last = micros > Long.MAX_VALUE - MICROS_TO_2000;
      vector.set(row, first ? micros : last ? Long.MAX_VALUE : micros + MICROS_TO_2000);
    }
  }

  /** {@code interval}. */
  record Intervals(IntervalMonthDayNanoVector vector) implements ColumnWriter {
    @Override
    public void write(int row, byte[] bytes, int at, int length) {
      long nanos = Math.multiplyExact((long) LONGS.get(bytes, at), 1_000L);
      vector.set(row, (int) INTS.get(bytes, at + 12), (int) INTS.get(bytes, at + 8), nanos);
    }
  }
}
