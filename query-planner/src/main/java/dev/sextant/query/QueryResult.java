// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.Optional;

/** An answer: its columns, its batches and the facts about it. The caller closes it. */
public interface QueryResult extends ArrowBatches {

  ResultSchema schema();

  QueryFacts facts();

  /** Where bodies made from this answer are kept; nothing unless the answer itself is. */
  default Optional<EncodedForms> encodedForms() {
    return Optional.empty();
  }
}
