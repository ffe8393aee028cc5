// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Moves an answer from the engine to a writer. */
public final class Answers {

  private Answers() {}

  /**
   * Writes all batches. Nothing is written before the first batch is there, so that early failures can still be answered properly, and the
   * end is not written unless the query really came to its end. {@code progress} is told the rows of each batch.
   */
  public static void write(QueryResult result, AnswerWriter writer, QueryControl control, LongConsumer progress) throws IOException {
    boolean hasBatch = result.loadNext();
    writer.begin(result);
    while (hasBatch) {
      control.check();
      writer.batch(result.root());
      progress.accept(result.root().getRowCount());
      hasBatch = result.loadNext();
    }
    control.check();
    QueryFacts facts = result.facts();
    writer.endRows(facts);
    writer.end(facts);
  }
}
