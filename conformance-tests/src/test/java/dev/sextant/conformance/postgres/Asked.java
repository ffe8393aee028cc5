// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An engine that is asked and given up on after a while. */
record Asked(QueryEngine engine) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  Answer ask(MetricQuery query) {
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, new QueryControl("asked", Optional.of(Instant.now().plus(PATIENCE))))) {
      return new Answer.Rows(ArrowTables.read(result));
    } catch (SextantException e) {
      return new Answer.Refusal(e.issues()
          .stream()
          .map(issue -> new Answer.Complaint(issue.code().name(), issue.message(), issue.position()))
          .toList());
    }
  }
}
