// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.cache.store.BatchCopies;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.TableColumns;
import dev.sextant.query.Warehouse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Stands in for a warehouse that has the answer to its only question ready. */
final class PrebuiltBatches implements Warehouse {
  private final BufferAllocator memory = new RootAllocator();
  private final List<ArrowRecordBatch> batches = new ArrayList<>();
  private final Schema schema;

  PrebuiltBatches(ArrowBatches answer) {
    try (answer) {
      while (answer.loadNext()) {
        batches.add(BatchCopies.copy(answer.root(), memory));
      }
      this.schema = answer.root().getSchema();
    }
  }

  @Override
  public String name() {
    return "prebuilt";
  }

  @Override
  public String dialect() {
    return "duckdb";
  }

  @Override
  public TableColumns describe(Source source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ArrowBatches run(String sql, QueryControl control) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory);
    VectorLoader loader = new VectorLoader(root);
    Iterator<ArrowRecordBatch> next = batches.iterator();
    return new ArrowBatches() {
      @Override
      public VectorSchemaRoot root() {
        return root;
      }

      @Override
      public boolean loadNext() {
        boolean more = next.hasNext();
        if (more) {
          loader.load(next.next());
        }
        return more;
      }

      @Override
      public void close() {
        root.close();
      }
    };
  }

  @Override
  public void close() {
    batches.forEach(ArrowRecordBatch::close);
    memory.close();
  }
}
