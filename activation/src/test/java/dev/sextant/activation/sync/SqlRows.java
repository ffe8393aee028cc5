// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.query.ArrowBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** The rows of a statement on a DuckDB of its own, as a query's answer. */
final class SqlRows implements ArrowBatches {
  private static final int ROWS = 2048;

  private final BufferAllocator memory = new RootAllocator();
  private final Connection connection;
  private final Statement statement;
  private final ArrowReader reader;

  SqlRows(String sql) {
    try {
      Properties streaming = new Properties();
      streaming.setProperty("jdbc_stream_results", "true");
      connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
      statement = connection.createStatement();
      reader = (ArrowReader) statement.executeQuery(sql).unwrap(DuckDBResultSet.class).arrowExportStream(memory, ROWS);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public VectorSchemaRoot root() {
    try {
      return reader.getVectorSchemaRoot();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public boolean loadNext() {
    try {
      return reader.loadNextBatch();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
      statement.close();
      connection.close();
      memory.close();
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
