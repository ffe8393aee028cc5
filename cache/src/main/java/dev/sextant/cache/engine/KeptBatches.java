// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CachedResult;
import dev.sextant.query.ArrowBatches;
import java.util.Optional;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads the batches of a kept answer without copying them, as long as somebody else holds a lease. */
final class KeptBatches implements ArrowBatches {
  private final CachedResult kept;
  private Optional<VectorSchemaRoot> root = Optional.empty();
  private int next;

  KeptBatches(CachedResult kept) {
    this.kept = kept;
  }

  void rewind() {
    next = 0;
  }

  @Override
  public VectorSchemaRoot root() {
    if (root.isEmpty()) {
      root = Optional.of(VectorSchemaRoot.create(kept.arrow(), kept.memory()));
    }
    return root.get();
  }

  @Override
  public boolean loadNext() {
    if (next == kept.batches().size()) {
      return false;
    }
    new VectorLoader(root()).load(kept.batches().get(next++));
    return true;
  }

  @Override
  public void close() {
    root.ifPresent(VectorSchemaRoot::close);
    root = Optional.empty();
  }
}
