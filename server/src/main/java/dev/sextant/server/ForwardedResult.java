// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import dev.sextant.query.EncodedForms;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** An answer that is another one but for what is overridden. */
public interface ForwardedResult extends QueryResult {

  QueryResult result();

  @Override
  default ResultSchema schema() {
    return result().schema();
  }

  @Override
  default QueryFacts facts() {
    return result().facts();
  }

  @Override
  default Optional<EncodedForms> encodedForms() {
    return result().encodedForms();
  }

  @Override
  default VectorSchemaRoot root() {
    return result().root();
  }

  @Override
  default boolean loadNext() {
    return result().loadNext();
  }

  @Override
  default void close() {
    result().close();
  }
}
