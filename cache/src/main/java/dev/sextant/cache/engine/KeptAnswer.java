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
  private final KeptForms forms;
  private final boolean servedBefore;
  private Optional<VectorSchemaRoot> root = Optional.empty();
  private int next;
  private boolean closed;

  /** Takes over the caller's lease on {@code kept}. */
  KeptAnswer(CachedResult kept, QueryFacts facts, KeptForms forms) {
    this.kept = kept;
    this.facts = facts;
    this.forms = forms;
    this.servedBefore = kept.servedBefore();
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
    return Optional.of(new Forms());
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

  /** The bodies beside the rows. */
  private final class Forms implements EncodedForms {
    @Override
    public long rows() {
      return kept.rows();
    }

    @Override
    public void rewind() {
      next = 0;
    }

    @Override
    public boolean servedBefore() {
      return servedBefore;
    }

    @Override
    public Optional<byte[]> find(String form) {
      return kept.form(form);
    }

    @Override
    public long mostBytes() {
      return forms.mostBytes();
    }

    @Override
    public boolean claim(String form) {
      return kept.claim(form);
    }

    @Override
    public void keep(String form, byte[] body) {
      forms.keep(form, body);
    }
  }
}
