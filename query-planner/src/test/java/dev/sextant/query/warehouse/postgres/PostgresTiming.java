// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.postgresql.PGStatement;

/**
 * Compares how fast a million rows arrive through a {@link PostgresWarehouse} with reading them by the driver's typed getters, over a cursor
 * in binary form: the best a plain JDBC reader can do. Prints ratios, for seconds differ from machine to machine.
 */
public final class PostgresTiming {
  private static final int ROWS = 1_000_000;
  private static final int ROUNDS = 7;

  private PostgresTiming() {}

  public static void main(String[] arguments) throws SQLException {
    PostgresServer.execute("drop table if exists timing",
        "create table timing as select i::int8 as a, (i % 1000)::int4 as b, i / 7.0::float8 as c, (i % 100000 / 100.0)::numeric(12, 2) as d, "
            + "'some text ' || i as e, date '2020-01-01' + (i % 2000)::int4 as f, timestamptz '2020-01-01' + i * interval '1 second' as g "
            + "from generate_series(1, " + ROWS + ") i",
        "analyze timing");
    compare("all columns", "select * from timing");
    compare("bigint, integer, double, text, date", "select a, b, c, e, f from timing");
    compare("numeric without a scale", "select d * 2 as d2 from timing");
    System.exit(0);
  }

  private static void compare(String what, String sql) throws SQLException {
    try (BufferAllocator memory = new RootAllocator();
        PostgresWarehouse warehouse = PostgresWarehouse.open(PostgresServer.config(Map.of()), Path.of("."), memory);
        Connection plain = DriverManager.getConnection(PostgresServer.url())) {
      plain.setAutoCommit(false);
      double[] clock = new double[ROUNDS];
      double[] work = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        Cost getters = cost(sql, text -> getters(plain, text));
        Cost arrow = cost(sql, text -> arrow(warehouse, text));
        clock[round] = getters.elapsed() / arrow.elapsed();
        work[round] = getters.ours() / arrow.ours();
      }
      Arrays.sort(clock);
      Arrays.sort(work);
      System.out.printf(
          "%-40s rows per second: %.2f times typed getters (%.2f to %.2f); rows per second of our own processor time: %.2f (%.2f to %.2f)%n",
          what, clock[ROUNDS / 2], clock[0], clock[ROUNDS - 1], work[ROUNDS / 2], work[0], work[ROUNDS - 1]);
    }
  }

  /** Nanoseconds that passed, and those that the reading thread worked: the server shares the machine. */
  private record Cost(double elapsed, double ours) {}

  private static Cost cost(String sql, ToLongFunction<String> read) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long worked = threads.getCurrentThreadCpuTime();
    long rows = read.applyAsLong(sql);
    if (rows != ROWS) {
      throw new IllegalStateException(rows + " rows");
    }
    return new Cost(System.nanoTime() - start, threads.getCurrentThreadCpuTime() - worked);
  }

  private static long arrow(PostgresWarehouse warehouse, String sql) {
    long rows = 0;
    try (ArrowBatches batches = warehouse.run(sql, QueryControl.unlimited("timing"))) {
      while (batches.loadNext()) {
        rows += batches.root().getRowCount();
      }
    }
    return rows;
  }

  private static long getters(Connection connection, String sql) {
    long rows = 0;
    long checksum = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(32_768);
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      try (ResultSet values = statement.executeQuery()) {
        int columns = values.getMetaData().getColumnCount();
        int[] types = new int[columns + 1];
        for (int i = 1; i <= columns; i++) {
          types[i] = values.getMetaData().getColumnType(i);
        }
        while (values.next()) {
          rows++;
          for (int i = 1; i <= columns; i++) {
            checksum += value(values, i, types[i]);
          }
        }
      }
      connection.commit();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    if (checksum == 42) {
      System.out.println("by chance");
    }
    return rows;
  }

  private static long value(ResultSet values, int column, int type) throws SQLException {
    return switch (type) {
      case java.sql.Types.BIGINT -> values.getLong(column);
      case java.sql.Types.INTEGER -> values.getInt(column);
      case java.sql.Types.DOUBLE -> (long) values.getDouble(column);
      case java.sql.Types.NUMERIC -> values.getBigDecimal(column).signum();
      case java.sql.Types.DATE -> values.getDate(column).getTime();
      case java.sql.Types.TIMESTAMP -> values.getTimestamp(column).getTime();
      default -> values.getString(column).length();
    };
  }
}
