// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A batch of an answer that is not kept. Each one that was sent is held here too until the transport has let go of it: so the memory is freed
 * here, and before the answer is closed.
 */
final class ZeroCopy extends WireBatch {
  private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BufferAllocator memory;
  private final BooleanSupplier lost;
  private final Deque<ArrowRecordBatch> sent = new ArrayDeque<>();
  private final Map<ReferenceManager, Integer> held = new IdentityHashMap<>();

  /** Memory moves between allocators of one family only: {@code answer} tells which. Once {@code lost}, the wait for the transport is short. */
  ZeroCopy(Schema schema, BufferAllocator answer, BooleanSupplier lost) {
    this(schema, lost, answer.getRoot().newChildAllocator("flight", 0, Long.MAX_VALUE));
  }

  private ZeroCopy(Schema schema, BooleanSupplier lost, BufferAllocator memory) {
    super(schema, memory);
    this.memory = memory;
    this.lost = lost;
  }

  @Override
  void take(VectorSchemaRoot from) {
    freeWritten();
    super.take(from);
    ArrowRecordBatch record = new VectorUnloader(batch()).getRecordBatch();
    record.getBuffers().forEach(buffer -> held.merge(buffer.getReferenceManager(), 1, Integer::sum));
    sent.add(record);
  }

  private void freeWritten() {
    while (!sent.isEmpty() && sent.getFirst().getBuffers().stream().allMatch(this::isWritten)) {
      free(sent.removeFirst());
    }
  }

  /** Memory of this allocator is counted apart from that of others who hold the same bytes: who is left is only we. */
  private boolean isWritten(ArrowBuf buffer) {
    ReferenceManager references = buffer.getReferenceManager();
    return references.equals(ReferenceManager.NO_OP) || references.getRefCount() <= held.getOrDefault(references, 0);
  }

  private void free(ArrowRecordBatch record) {
    record.getBuffers()
        .forEach(buffer -> held.computeIfPresent(buffer.getReferenceManager(), (same, count) -> count == 1 ? null : count - 1));
    record.close();
  }

  @Override
  public void close() {
    super.close();
    long pause = SHORTEST_NANOS;
    long lostAt = 0;
    freeWritten();
    while (!sent.isEmpty()) {
      if (lost.getAsBoolean()) {
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        if (System.nanoTime() - lostAt > PATIENCE_NANOS) {
          sent.forEach(ArrowRecordBatch::close);
          sent.clear();
        }
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_NANOS);
      freeWritten();
    }
    memory.close();
  }
}
