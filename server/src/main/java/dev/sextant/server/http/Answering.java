// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryResult;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.answer.TextForm;
import dev.sextant.server.ask.Durations;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.kept.KeptBody;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import dev.sextant.server.ops.RunningQuery.Asked;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Runs questions that came in over HTTP: registered, watched, in the form the client accepts, and told in the log. */
record Answering(Operations operations, Supplier<ServerConfig.Limits> limits) {
  static final String QUERY_ID = "Sextant-Query-Id";
  static final String TIMEOUT = "Sextant-Timeout";

  /** Makes the answer of a query that has begun. */
  interface Question {
    QueryResult ask(RunningQuery query);
  }

  /** Answers a question; {@code inShort} is what logs and lists show of it. */
  void answer(Context context, String inShort, Optional<Duration> timeout, Question question) throws IOException {
    answer(context, Parameters.of(context, "numbers"), inShort, timeout, question);
  }

  /** Answers a question whose {@code parameters} are known to be allowed. */
  void answer(Context context, Parameters parameters, String inShort, Optional<Duration> timeout, Question question) throws IOException {
    KeptBody.Form form = new KeptBody.Form(Accepted.format(context), numbers(parameters));
    Asked asked = new Asked("http", inShort, Callers.of(context));
    long started = System.nanoTime();
    RunningQuery query = operations.queries()
        .begin(asked, Optional.ofNullable(context.header(QUERY_ID)), timeout.orElseGet(() -> headerTimeout(context)));
    String outcome = "INTERNAL";
    try (var inLog = MDC.putCloseable("query_id", query.id())) {
      try {
        context.header(QUERY_ID, query.id());
        QueryExchange exchange = new QueryExchange(context, query);
        operations.queries().watch().stopWhenGone(query.control(), exchange.connection()::clientHasGone);
        outcome = exchange.answer(() -> question.ask(query), form);
      } finally {
        operations.queries().end(query);
        operations.meters().countRows(query.rows());
        Outcomes.set(context, outcome);
        QueryLog.ended(query, outcome, Duration.ofNanos(System.nanoTime() - started));
      }
    }
  }

  private static TextForm numbers(Parameters parameters) {
    return switch (parameters.text("numbers").orElse("exact")) {
      case "exact" -> TextForm.JSON;
      case "string" -> TextForm.JSON_NUMBERS_AS_STRINGS;
      default -> throw new SextantException(new Issue(ServerIssue.INVALID_PARAMETER, "Parameter 'numbers' is 'exact' or 'string'.",
          Position.NOWHERE, List.of("exact", "string")));
    };
  }

  /** The header's timeout, else the server's; the body's own goes before both. */
  private Duration headerTimeout(Context context) {
    Optional<String> header = Optional.ofNullable(context.header(TIMEOUT));
    Optional<Duration> asked = header.flatMap(Durations::read);
    if (header.isPresent() && asked.isEmpty()) {
      throw new SextantException(Issue.of(ServerIssue.INVALID_PARAMETER, Position.NOWHERE,
          "Header '" + TIMEOUT + "' must be " + Durations.EXPECTED + ", not '" + header.get() + "'."));
    }
    return asked.orElseGet(limits.get()::queryTimeout);
  }
}
