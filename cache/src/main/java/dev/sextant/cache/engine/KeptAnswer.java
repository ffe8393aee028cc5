// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CachedResult;
import dev.sextant.query.EncodedForms;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.Optional;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads a kept answer without copying it; holds a lease until it is closed. */
final class KeptAnswer implements QueryResult {
  private final CachedResult kept;
  private final QueryFacts facts;
  private final EncodedForms forms;
  private Optional<VectorSchemaRoot> root = Optional.empty();
  private int next;
  private boolean closed;

  /** Takes over the caller's lease on {@code kept}. */
  KeptAnswer(CachedResult kept, QueryFacts facts, EncodedForms forms) {
    this.kept = kept;
    this.facts = facts;
    this.forms = forms;
  }

  @Override
  public ResultSchema schema() {
    return kept.schema();
  }

  @Override
  public QueryFacts facts() {
    return facts;
  }

  @Override
  public Optional<EncodedForms> encodedForms() {
    return Optional.of(forms);
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
    if (!closed) {
      closed = true;
      root.ifPresent(VectorSchemaRoot::close);
      kept.release();
    }
  }
}
