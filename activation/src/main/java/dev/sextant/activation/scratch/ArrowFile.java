// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.scratch;

import dev.sextant.activation.ActivationIssue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** Arrow files as tables of a scratch file, and its rows as Arrow files. */
public final class ArrowFile {
  private static final int ROWS_AT_ONCE = 1 << 16;

  private ArrowFile() {}

  /** Makes a table of an Arrow file's rows. */
  public static void load(ScratchFile database, String table, Path file) {
    try (RootAllocator memory = new RootAllocator(); FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        ArrowFileReader reader = new ArrowFileReader(channel, memory); ArrowArrayStream stream = ArrowArrayStream.allocateNew(memory)) {
      Data.exportArrayStream(memory, reader, stream);
      database.database().registerArrowStream(ScratchFile.INCOMING, stream);
      database.run("create or replace table " + table + " as select * from " + ScratchFile.INCOMING);
      database.run("drop view if exists " + ScratchFile.INCOMING);
    } catch (IOException failure) {
      throw ActivationIssue.EXPORT_BROKEN.because("The file " + file + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** Writes the rows of a query as an Arrow file; equal rows make equal bytes, so nothing of what lies beside values is written. */
  public static void write(ScratchFile database, String sql, Path file) {
    try (RootAllocator memory = new RootAllocator(); Statement statement = database.database().createStatement();
        DuckDBResultSet rows = statement.executeQuery(sql).unwrap(DuckDBResultSet.class);
        ArrowReader reader = (ArrowReader) rows.arrowExportStream(memory, ROWS_AT_ONCE);
        VectorSchemaRoot clean = VectorSchemaRoot.create(reader.getVectorSchemaRoot().getSchema(), memory);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
        ArrowFileWriter writer = new ArrowFileWriter(clean, reader, channel)) {
      writer.start();
      while (reader.loadNextBatch()) {
        copy(reader.getVectorSchemaRoot(), clean);
        writer.writeBatch();
      }
      writer.end();
    } catch (SQLException failure) {
      throw ScratchFile.broken(failure);
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The file " + file + " cannot be written: " + failure.getMessage(), failure);
    }
  }

  private static void copy(VectorSchemaRoot from, VectorSchemaRoot to) {
    int count = from.getRowCount();
    for (int column = 0; column < to.getFieldVectors().size(); column++) {
      FieldVector target = to.getVector(column);
      target.clear();
      target.setInitialCapacity(count);
      target.allocateNew();
      for (int row = 0; row < count; row++) {
        target.copyFromSafe(row, row, from.getVector(column));
      }
      target.setValueCount(count);
    }
    to.setRowCount(count);
  }
}
