// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** One batch that belongs to somebody else, as a stream. */
final class OneBatch extends ArrowReader {
  private final VectorSchemaRoot batch;
  private boolean read;

  OneBatch(BufferAllocator allocator, VectorSchemaRoot batch) {
    super(allocator);
    this.batch = batch;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return batch;
  }

  @Override
  public boolean loadNextBatch() {
    boolean first = !read && batch.getRowCount() > 0;
    read = true;
    return first;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public void close() {
    // The batch's owner closes it.
  }

  @Override
  protected void closeReadSource() {
    // There is none.
  }

  @Override
  protected Schema readSchema() {
    return batch.getSchema();
  }
}
