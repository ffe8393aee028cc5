// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CachedResult;
import dev.sextant.query.EncodedForms;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads a kept answer without copying it; holds a lease until it is closed. */
final class KeptAnswer implements QueryResult {
  private final CachedResult kept;
  private final QueryFacts facts;
  private final KeptForms forms;
  private final boolean servedBefore;
  private final KeptBatches batches;
  private boolean closed;

  /** Takes over the caller's lease on {@code kept}. */
  KeptAnswer(CachedResult kept, QueryFacts facts, KeptForms forms) {
    this.kept = kept;
    this.facts = facts;
    this.forms = forms;
    this.servedBefore = kept.servedBefore();
    this.batches = new KeptBatches(kept);
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
    return batches.root();
  }

  @Override
  public boolean loadNext() {
    return batches.loadNext();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      batches.close();
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
      batches.rewind();
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
