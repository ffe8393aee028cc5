// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The batch that is sent. The vectors of the answer move into it without a copy, and the transport holds their memory until it is written, so
 * whoever closes the answer waits for that first.
 */
final class ZeroCopy implements AutoCloseable {
  private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BufferAllocator memory;
  private final VectorSchemaRoot batch;
  private final BooleanSupplier lost;

  /** Memory moves between allocators of one family only: {@code answer} tells which. Once {@code lost}, the wait for the transport is short. */
  ZeroCopy(Schema schema, BufferAllocator answer, BooleanSupplier lost) {
    this.memory = answer.getRoot().newChildAllocator("flight", 0, Long.MAX_VALUE);
    this.batch = VectorSchemaRoot.create(schema, memory);
    this.lost = lost;
  }

  VectorSchemaRoot batch() {
    return batch;
  }

  /** Moves the contents of {@code from} here. */
  void take(VectorSchemaRoot from) {
    int rows = from.getRowCount();
    for (int i = 0; i < from.getFieldVectors().size(); i++) {
      FieldVector vector = from.getVector(i);
      vector.makeTransferPair(batch.getVector(i)).transfer();
    }
    batch.setRowCount(rows);
  }

  /** Lets go of the batch, of which the transport holds what it has not written yet. */
  void release() {
    batch.clear();
  }

  @Override
  public void close() {
    batch.close();
    long pause = SHORTEST_NANOS;
    long lostAt = 0;
    while (memory.getAllocatedMemory() > 0) {
      if (lost.getAsBoolean()) {
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        if (System.nanoTime() - lostAt > PATIENCE_NANOS) {
          break;
        }
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_NANOS);
    }
    memory.close();
  }
}
