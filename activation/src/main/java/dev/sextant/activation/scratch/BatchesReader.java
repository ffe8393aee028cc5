// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.scratch;

import dev.sextant.query.ArrowBatches;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A query's batches, the first of which is loaded already, as DuckDB reads them. A failure is kept for the one who asked. */
final class BatchesReader extends ArrowReader {
  private final BufferAllocator memory;
  private final ArrowBatches batches;
  private boolean over;
  private boolean begun;
  private Optional<RuntimeException> failure = Optional.empty();

  BatchesReader(BufferAllocator memory, ArrowBatches batches, boolean over) {
    super(memory);
    this.memory = memory;
    this.batches = batches;
    this.over = over;
  }

  BufferAllocator allocator() {
    return memory;
  }

  Optional<RuntimeException> failure() {
    return failure;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return batches.root();
  }

  @Override
  public boolean loadNextBatch() {
    if (over) {
      return false;
    }
    if (!begun) {
      begun = true;
      return true;
    }
    try {
      over = !batches.loadNext();
      return !over;
    } catch (RuntimeException broken) {
      failure = Optional.of(broken);
      over = true;
      throw broken;
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public void close() {
    // Who asked the query closes its batches.
  }

  @Override
  protected void closeReadSource() {
    // There is none.
  }

  @Override
  protected Schema readSchema() {
    return batches.root().getSchema();
  }
}
