// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.tpch;

import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.PartSupplierGenerator;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.SupplierGenerator;
import io.trino.tpch.TextPool;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Makes the tables of the TPC-H benchmark in a DuckDB file, without their comments. At scale 1 there are 1.5 million orders and 6 million
 * lines; the same scale gives the same rows.
 */
public final class TpchData {
  private static final int CENTS = 100;
  /** Nothing but comments is taken from it, so a small one will do. */
  private static final int TEXT_POOL = 1 << 20;
  private static final int ROWS_PER_PART = 1_000_000;
  private static final int LINES_PER_SCALE = 6_000_000;

  private final Connection connection;
  private final double scale;
  private final TextPool texts = new TextPool(TEXT_POOL, Distributions.getDefaultDistributions());
  private final List<Part<?>> parts = new ArrayList<>();

  private TpchData(Connection connection, double scale) {
    this.connection = connection;
    this.scale = scale;
  }

  /** Some of a table's rows. */
  private record Part<E extends TpchEntity>(TpchTable<E> table, Iterable<E> rows) {}

  /** Writes the data: {@code [FILE [SCALE]]}, by default {@code examples/tpch/tpch.duckdb} at scale 1. */
  public static void main(String[] args) throws IOException, SQLException {
    Path file = Path.of(args.length > 0 ? args[0] : "examples/tpch/tpch.duckdb");
    double scale = args.length > 1 ? Double.parseDouble(args[1]) : 1;
    write(file, scale);
    System.out.println("Wrote TPC-H at scale " + scale + " to " + file);
  }

  /** Writes the data to a file that is whole before it takes its name. */
  public static void write(Path file, double scale) throws IOException, SQLException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = Path.of(file + ".unfinished");
    Files.deleteIfExists(unfinished);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + unfinished)) {
      new TpchData(connection, scale).write();
    }
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write() throws SQLException {
    Distributions words = Distributions.getDefaultDistributions();
    part(TpchTable.REGION, new RegionGenerator(words, () -> texts));
    part(TpchTable.NATION, new NationGenerator(words, () -> texts));
    parts(TpchTable.SUPPLIER, (part, of) -> new SupplierGenerator(scale, part, of, words, () -> texts));
    parts(TpchTable.CUSTOMER, (part, of) -> new CustomerGenerator(scale, part, of, words, () -> texts));
    parts(TpchTable.PART, (part, of) -> new PartGenerator(scale, part, of, words, () -> texts));
    parts(TpchTable.PART_SUPPLIER, (part, of) -> new PartSupplierGenerator(scale, part, of, () -> texts));
    parts(TpchTable.ORDERS, (part, of) -> new OrderGenerator(scale, part, of, words, () -> texts));
    parts(TpchTable.LINE_ITEM, (part, of) -> new LineItemGenerator(scale, part, of, words, () -> texts));
    for (TpchTable<?> table : TpchTable.getTables()) {
      create(table);
    }
    appendAll();
  }

  private <E extends TpchEntity> void part(TpchTable<E> table, Iterable<E> rows) {
    parts.add(new Part<>(table, rows));
  }

  private <E extends TpchEntity> void parts(TpchTable<E> table, BiFunction<Integer, Integer, Iterable<E>> generator) {
    int of = Math.max(1, (int) (scale * LINES_PER_SCALE / ROWS_PER_PART));
    for (int part = 1; part <= of; part++) {
      part(table, generator.apply(part, of));
    }
  }

  private void create(TpchTable<?> table) throws SQLException {
    String columns = columns(table).stream().map(column -> column.getColumnName() + " " + type(column)).collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table " + table.getTableName() + " (" + columns + ")");
    }
  }

  private static <E extends TpchEntity> List<TpchColumn<E>> columns(TpchTable<E> table) {
    return table.getColumns().stream().filter(column -> !column.getColumnName().endsWith("_comment")).toList();
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "bigint";
      case INTEGER -> "integer";
      case DATE -> "date";
      case DOUBLE -> "decimal(15, 2)";
      case VARCHAR -> "varchar";
    };
  }

  private void appendAll() throws SQLException {
    try (ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<?>> appended = new ArrayList<>();
      for (Part<?> part : parts) {
        appended.add(workers.submit(() -> {
          append(part);
          return null;
        }));
      }
      for (Future<?> one : appended) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new SQLException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SQLException(stopped);
    }
  }

  private <E extends TpchEntity> void append(Part<E> part) throws SQLException {
    List<TpchColumn<E>> columns = columns(part.table());
    try (Connection own = connection.unwrap(DuckDBConnection.class).duplicate();
        DuckDBAppender appender = own.unwrap(DuckDBConnection.class).createAppender("main", part.table().getTableName())) {
      for (E row : part.rows()) {
        appender.beginRow();
        for (TpchColumn<E> column : columns) {
          append(row, column, appender);
        }
        appender.endRow();
      }
    }
  }

  private static <E extends TpchEntity> void append(E row, TpchColumn<E> column, DuckDBAppender appender) throws SQLException {
    switch (column.getType().getBase()) {
      case IDENTIFIER -> appender.append(column.getIdentifier(row));
      case INTEGER -> appender.append(column.getInteger(row));
      case DATE -> appender.append(LocalDate.ofEpochDay(column.getDate(row)));
      case DOUBLE -> appender.append(BigDecimal.valueOf(Math.round(column.getDouble(row) * CENTS), 2));
      case VARCHAR -> appender.append(column.getString(row));
    }
  }
}
