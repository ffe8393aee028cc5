// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes one answer: its beginning, batch after batch, its end. What was not ended is never complete to a reader. */
public interface AnswerWriter {

  /** Writes what comes before the rows of {@code result}. */
  void begin(QueryResult result) throws IOException;

  void batch(VectorSchemaRoot batch) throws IOException;

  /** Writes what stands behind the rows and is the same whoever asks, and leaves nothing unwritten. */
  default void endRows(QueryFacts facts) throws IOException {}

  /** Writes what is left to say that nothing is missing, and what only this request has. */
  void end(QueryFacts facts) throws IOException;
}
