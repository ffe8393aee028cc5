// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.StreamedBatches;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.postgresql.copy.CopyOut;

/**
 * Reads the rows of {@code COPY .. TO STDOUT (FORMAT BINARY)} into vectors. COPY sends rows as they are made, lets the server use parallel
 * plans, which a cursor does not, and makes one array per row instead of one per value.
 */
final class PostgresRows implements StreamedBatches.Reader {
  private static final int FIRST_BATCH = 2_048;
  private static final int LATER_BATCHES = 32_768;
  private static final int MOST_BYTES = 16 << 20;
  private static final int SIGNATURE = 11;

  private final CopyOut copy;
  private final VectorSchemaRoot root;
  private final ColumnWriter[] writers;
  private boolean started;
  private boolean trailerSeen;
  private boolean over;

  PostgresRows(CopyOut copy, PostgresColumns columns, BufferAllocator allocator, Closing closing) {
    this.copy = copy;
    this.writers = columns.columns().stream().map(column -> {
      ColumnWriter writer = column.writer(allocator);
      closing.add(writer.vector());
      return writer;
    }).toArray(ColumnWriter[]::new);
    this.root = new VectorSchemaRoot(List.of(writers).stream().map(ColumnWriter::vector).toList());
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  /** True while the server has more to say about the statement. */
  boolean isActive() {
    return copy.isActive();
  }

  /** True when the statement came to an end that is not its own. */
  boolean failed() {
    return !over && !isActive();
  }

  @Override
  public boolean loadNext() throws SQLException {
    int room = started ? LATER_BATCHES : FIRST_BATCH;
    prepare(room);
    int rows = 0;
    long bytes = 0;
    while (!over && rows < room && bytes < MOST_BYTES) {
      byte[] message = copy.readFromCopy();
      if (message == null) {
        end();
      } else {
        rows = readMessage(message, rows);
        bytes += message.length;
      }
    }
    for (ColumnWriter writer : writers) {
      writer.vector().setValueCount(rows);
    }
    root.setRowCount(rows);
    return rows > 0;
  }

  private void end() throws SQLException {
    if (!trailerSeen) {
      throw new SQLException("the rows end before the end mark", "08006");
    }
    over = true;
  }

  /** Every batch has memory of its own: who took the last one over without a copy, as DuckDB's threads do, may still be reading it. */
  private void prepare(int room) {
    for (ColumnWriter writer : writers) {
      FieldVector vector = writer.vector();
      vector.clear();
      vector.setInitialCapacity(room);
      vector.allocateNew();
    }
  }

  /** A message holds whole rows: usually one, the first one after the header, the last one before or without the end mark. */
  private int readMessage(byte[] message, int rows) {
    int at = started ? 0 : header(message);
    started = true;
    int row = rows;
    while (at < message.length) {
      int fields = (short) ColumnWriter.SHORTS.get(message, at);
      at += Short.BYTES;
      if (fields < 0) {
        trailerSeen = true;
      } else {
        at = readRow(message, at, row++);
      }
    }
    return row;
  }

  private static int header(byte[] message) {
    int extension = (int) ColumnWriter.INTS.get(message, SIGNATURE + Integer.BYTES);
    return SIGNATURE + 2 * Integer.BYTES + extension;
  }

  private int readRow(byte[] message, int start, int row) {
    int at = start;
    for (ColumnWriter writer : writers) {
      int length = (int) ColumnWriter.INTS.get(message, at);
      at += Integer.BYTES;
      if (length >= 0) {
        writer.write(row, message, at, length);
        at += length;
      }
    }
    return at;
  }
}
