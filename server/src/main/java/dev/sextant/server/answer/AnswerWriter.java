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

  /** Writes what says that nothing is missing. */
  void end(QueryFacts facts) throws IOException;
}
