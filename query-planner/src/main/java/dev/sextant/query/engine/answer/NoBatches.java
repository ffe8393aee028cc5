// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine.answer;

import dev.sextant.query.ArrowBatches;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns without rows, which no warehouse was asked for. */
public record NoBatches(VectorSchemaRoot root, BufferAllocator memory) implements ArrowBatches {

  public static NoBatches of(Schema columns) {
    BufferAllocator memory = new RootAllocator();
    return new NoBatches(VectorSchemaRoot.create(columns, memory), memory);
  }

  @Override
  public boolean loadNext() {
    return false;
  }

  @Override
  public void close() {
    root.close();
    memory.close();
  }
}
