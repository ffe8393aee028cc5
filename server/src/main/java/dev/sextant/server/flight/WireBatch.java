// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The batch that is sent. The vectors of the answer move into it without a copy, and the transport holds their memory until it is written; so
 * the memory must be of somebody who stays, as that of answers that are kept.
 */
class WireBatch implements AutoCloseable {
  private final VectorSchemaRoot batch;

  WireBatch(Schema schema, BufferAllocator memory) {
    this.batch = VectorSchemaRoot.create(schema, memory);
  }

  VectorSchemaRoot batch() {
    return batch;
  }

  /** Moves the contents of {@code from} here. */
  void take(VectorSchemaRoot from) {
    int rows = from.getRowCount();
    for (int i = 0; i < from.getFieldVectors().size(); i++) {
      from.getVector(i).makeTransferPair(batch.getVector(i)).transfer();
    }
    batch.setRowCount(rows);
  }

  /** Lets go of the batch once it was given to the transport. */
  void release() {
    batch.clear();
  }

  @Override
  public void close() {
    batch.close();
  }
}
