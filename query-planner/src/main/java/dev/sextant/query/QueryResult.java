// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/** An answer: its columns, its batches and the facts about it. The caller closes it. */
public interface QueryResult extends ArrowBatches {

  ResultSchema schema();

  QueryFacts facts();
}
