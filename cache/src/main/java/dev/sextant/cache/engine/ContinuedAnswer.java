// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** An answer whose first batches were read already; {@code rest} goes on after the one it stands at, which is the last of {@code first}. */
final class ContinuedAnswer implements QueryResult {
  private final Deque<ArrowRecordBatch> first;
  private final BufferAllocator memory;
  private final QueryResult rest;
  private final boolean standsAtUnread;
  private boolean readUnread;
  private Optional<VectorSchemaRoot> root = Optional.empty();

  /** Without {@code first}, {@code rest} stands at a batch that nobody has read. */
  ContinuedAnswer(List<ArrowRecordBatch> first, BufferAllocator memory, QueryResult rest) {
    this.first = new ArrayDeque<>(first);
    this.memory = memory;
    this.rest = rest;
    this.standsAtUnread = first.isEmpty();
  }

  @Override
  public ResultSchema schema() {
    return rest.schema();
  }

  @Override
  public QueryFacts facts() {
    return rest.facts();
  }

  @Override
  public VectorSchemaRoot root() {
    return root.orElseGet(rest::root);
  }

  @Override
  public boolean loadNext() {
    if (standsAtUnread && !readUnread) {
      readUnread = true;
      return true;
    }
    if (first.isEmpty()) {
      root.ifPresent(VectorSchemaRoot::close);
      root = Optional.empty();
      return rest.loadNext();
    }
    if (root.isEmpty()) {
      root = Optional.of(VectorSchemaRoot.create(rest.root().getSchema(), memory));
    }
    try (ArrowRecordBatch batch = first.removeFirst()) {
      new VectorLoader(root.get()).load(batch);
    }
    return true;
  }

  @Override
  public void close() {
    first.forEach(ArrowRecordBatch::close);
    first.clear();
    root.ifPresent(VectorSchemaRoot::close);
    root = Optional.empty();
    rest.close();
  }
}
