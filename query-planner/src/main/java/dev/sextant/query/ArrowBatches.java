// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import org.apache.arrow.vector.VectorSchemaRoot;

/** A stream of Arrow record batches. One thread reads at a time; closing early stops what produces it. */
public interface ArrowBatches extends AutoCloseable {

  /** The current batch; its contents change with every {@link #loadNext()}. */
  VectorSchemaRoot root();

  /** Loads the next batch, false at the end. A failure midway is a SextantException, never an early end. */
  boolean loadNext();

  @Override
  void close();
}
