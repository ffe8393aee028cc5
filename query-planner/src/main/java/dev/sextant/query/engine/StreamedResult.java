// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A warehouse's batches with what is known of them. */
record StreamedResult(ResultSchema schema, QueryFacts facts, ArrowBatches batches) implements QueryResult {

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
    batches.close();
  }
}
