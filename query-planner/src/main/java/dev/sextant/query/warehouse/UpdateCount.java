// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.query.ArrowBatches;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What a statement without rows answers: one batch with the number of rows it changed. */
final class UpdateCount implements ArrowBatches {
  private final VectorSchemaRoot root;
  private final Closing closing;
  private final long count;
  private boolean loaded;

  private UpdateCount(VectorSchemaRoot root, long count, Closing closing) {
    this.root = root;
    this.count = count;
    this.closing = closing;
  }

  static UpdateCount of(long count, BufferAllocator allocator, Closing closing) {
    VectorSchemaRoot root = closing.add(VectorSchemaRoot.of(new BigIntVector("count", allocator)));
    return new UpdateCount(root, Math.max(0, count), closing);
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

  @Override
  public void close() {
    closing.close();
  }
}
