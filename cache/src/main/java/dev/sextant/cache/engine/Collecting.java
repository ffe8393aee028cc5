// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CachedResult;
import dev.sextant.cache.store.BatchCopies;
import dev.sextant.query.QueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads an answer to its end, to be kept, unless it grows too large. */
final class Collecting {
  private final BufferAllocator memory;
  private final long mostBytes;

  /** Where an answer comes from. */
  enum From {
    WAREHOUSE,
    /** It was kept, below memory or in it by now. */
    TIER,
    /** It was made from kept answers that hold more. */
    SUPERSET
  }

  /** What became of an answer. */
  sealed interface Outcome {
    /** All of it, with one lease, and how long its stages took. */
    record Whole(CachedResult result, Map<String, Long> stageMicros, From from) implements Outcome {}

    /** More than is kept: what was read already goes before the rest. */
    record TooLarge(QueryResult result) implements Outcome {}
  }

  Collecting(BufferAllocator memory, long mostBytes) {
    this.memory = memory;
    this.mostBytes = mostBytes;
  }

  /** Reads {@code result}, which is closed here unless it is part of the outcome. */
  Outcome collect(QueryResult result, Instant asOf) {
    List<ArrowRecordBatch> batches = new ArrayList<>();
    try {
      long bytes = 0;
      while (result.loadNext()) {
        if (!BatchCopies.isPlain(result.root().getSchema())) {
          return new Outcome.TooLarge(new ContinuedAnswer(List.of(), memory, result));
        }
        ArrowRecordBatch copy = BatchCopies.copy(result.root(), memory);
        batches.add(copy);
        bytes += copy.computeBodyLength();
        if (bytes > mostBytes) {
          return new Outcome.TooLarge(new ContinuedAnswer(batches, memory, result));
        }
      }
      Schema schema = result.root().getSchema();
      CachedResult whole = new CachedResult(result.schema(), schema, batches, memory, asOf, result.facts().notes());
      Map<String, Long> stages = result.facts().stageMicros();
      result.close();
      return new Outcome.Whole(whole, stages, From.WAREHOUSE);
    } catch (Throwable failure) {
      batches.forEach(ArrowRecordBatch::close);
      result.close();
      throw failure;
    }
  }
}
