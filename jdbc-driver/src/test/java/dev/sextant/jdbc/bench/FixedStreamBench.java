// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.bench;

import dev.sextant.jdbc.testing.FakeServer;
import dev.sextant.jdbc.testing.Streams;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Rows a second over loopback from a server that repeats one batch, so that only the transport and the driver count. Arguments: batches of
 * 65,536 rows, passes.
 */
public final class FixedStreamBench {
  private static final int ROWS = 65_536;
  private static final int END_MARK = 8;

  private FixedStreamBench() {}

  /** A way to read the five columns of the current row. */
  private interface Reading {
    long read(ResultSet row) throws SQLException;
  }

  public static void main(String[] arguments) throws Exception {
    int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 150;
    int passes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    byte[] one = stream(1);
    int schema = one.length - END_MARK - (stream(2).length - one.length);
    try (FakeServer server = new FakeServer()) {
      server.answer((asked, reply) -> send(asked.isPrepare() ? 0 : batches, one, schema, reply));
      try (Connection connection = DriverManager.getConnection(server.url()); Statement statement = connection.createStatement()) {
        for (int pass = 1; pass <= passes; pass++) {
          System.out.printf(Locale.ROOT, "pass %d  typed %.1f  getObject %.1f  getString %.1f  next only %.1f  (million rows/s)%n", pass,
              rate(statement, FixedStreamBench::typed), rate(statement, FixedStreamBench::objects),
              rate(statement, FixedStreamBench::texts),
              rate(statement, row -> 1));
        }
      }
    }
  }

  private static void send(int batches, byte[] one, int schema, FakeServer.Reply reply) throws IOException {
    try (OutputStream out = reply.arrowStream()) {
      out.write(one, 0, schema);
      for (int i = 0; i < batches; i++) {
        out.write(one, schema, one.length - schema - END_MARK);
      }
      out.write(one, one.length - END_MARK, END_MARK);
    }
  }

  private static double rate(Statement statement, Reading reading) throws SQLException {
    long started = System.nanoTime();
    long rows = 0;
    long sum = 0;
    try (ResultSet result = statement.executeQuery("select 2")) {
      while (result.next()) {
        rows++;
        sum += reading.read(result);
      }
    }
    if (sum == 42) {
      System.out.println("what is summed up must not be optimized away");
    }
    return rows * 1e3 / (System.nanoTime() - started);
  }

  private static long typed(ResultSet row) throws SQLException {
    return row.getLong(1) + row.getInt(2) + (long) row.getDouble(3) + row.getString(4).length() + row.getDate(5).getTime();
  }

  private static long objects(ResultSet row) throws SQLException {
    long sum = 0;
    for (int i = 1; i <= 5; i++) {
      sum += row.getObject(i).hashCode();
    }
    return sum;
  }

  private static long texts(ResultSet row) throws SQLException {
    long sum = 0;
    for (int i = 1; i <= 5; i++) {
      sum += row.getString(i).length();
    }
    return sum;
  }

  private static byte[] stream(int batches) {
    try (BufferAllocator allocator = new RootAllocator(); BigIntVector ids = new BigIntVector("id", allocator);
        IntVector numbers = new IntVector("number", allocator); Float8Vector amounts = new Float8Vector("amount", allocator);
        VarCharVector names = new VarCharVector("name", allocator); DateDayVector days = new DateDayVector("day", allocator)) {
      return Streams.of(List.of(ids, numbers, amounts, names, days), batches, ROWS, batch -> {
        for (int i = 0; i < ROWS; i++) {
          ids.setSafe(i, i * 1_000_003L);
          numbers.setSafe(i, i % 1000);
          amounts.setSafe(i, i / 7.0);
          names.setSafe(i, ("name " + i % 5000).getBytes(StandardCharsets.UTF_8));
          days.setSafe(i, 19_000 + i % 1000);
        }
      });
    }
  }
}
