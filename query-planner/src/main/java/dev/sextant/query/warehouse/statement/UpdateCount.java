// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What a statement without rows answers: one batch with the number of rows it changed. */
public final class UpdateCount implements StreamedBatches.Reader {
  private final VectorSchemaRoot root;
  private final long count;
  private boolean loaded;

  public UpdateCount(long count, BufferAllocator allocator, Closing closing) {
    this.root = closing.add(VectorSchemaRoot.of(new BigIntVector("count", allocator)));
    this.count = Math.max(0, count);
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean loadNext() {
    if (loaded) {
      root.clear();
      return false;
    }
    ((BigIntVector) root.getVector(0)).setSafe(0, count);
    root.setRowCount(1);
    loaded = true;
    return true;
  }
}
