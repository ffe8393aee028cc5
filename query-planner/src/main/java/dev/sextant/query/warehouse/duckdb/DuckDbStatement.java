// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.StreamedBatches;
import dev.sextant.query.warehouse.statement.UpdateCount;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/** Runs one statement in DuckDB; its rows are read from DuckDB's own memory without a copy, while it runs. */
record DuckDbStatement(DuckDBConnection connection, BufferAllocator allocator, Closing closing) {
  private static final long ROWS_PER_BATCH = 32_768;

  StreamedBatches.Reader run(String sql) throws SQLException, IOException {
    Statement statement = closing.add(connection.createStatement());
    if (!execute(sql, statement)) {
      return new UpdateCount(statement.getLargeUpdateCount(), allocator, closing);
    }
    DuckDBResultSet rows = closing.add(statement.getResultSet().unwrap(DuckDBResultSet.class));
    ArrowReader reader = closing.add((ArrowReader) rows.arrowExportStream(allocator, ROWS_PER_BATCH));
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    return PlainColumns.neededFor(root.getSchema()) ? closing.add(new PlainColumns(reader, allocator)) : new Streamed(root, reader);
  }

  private boolean execute(String sql, Statement statement) throws SQLException {
    try {
      return statement.execute(sql);
    } catch (SQLException failure) {
      throw DuckDbErrors.firstParagraph(failure).endsWith(DuckDbErrors.LOST_CAUSE) ? firstCause(sql, failure) : failure;
    }
  }

  /**
   * A streaming statement that fails before its first row loses its reason in the driver, so it runs once more up to that point through the
   * driver's other interface, which keeps it. Only queries stream, and they have no effects.
   */
  private SQLException firstCause(String sql, SQLException lost) {
    try (PreparedStatement again = connection.prepareStatement(sql);
        var rows = again.unwrap(DuckDBPreparedStatement.class).query()) {
      return lost;
    } catch (SQLException cause) {
      return cause;
    }
  }

  private record Streamed(VectorSchemaRoot root, ArrowReader reader) implements StreamedBatches.Reader {
    @Override
    public boolean loadNext() throws IOException {
      return reader.loadNextBatch();
    }
  }
}
