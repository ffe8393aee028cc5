// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.server.Backend;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.answer.TextForm;
import dev.sextant.server.ask.Durations;
import dev.sextant.server.ask.JsonToQueryRequest;
import dev.sextant.server.ask.QueryRequest;
import dev.sextant.server.ask.Questions;
import dev.sextant.server.error.IssueJson;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import dev.sextant.server.ops.RunningQuery.Asked;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** {@code POST /v1/query}, {@code /v1/explain} and {@code /v1/validate}. */
record QueryRoutes(Backend backend, Operations operations, Supplier<ServerConfig.Limits> limits) {
  static final String QUERY_ID = "Sextant-Query-Id";
  static final String TIMEOUT = "Sextant-Timeout";

  List<Route> routes() {
    return List.of(Route.post("/v1/query", this::query), Route.post("/v1/explain", this::explain),
        Route.post("/v1/validate", this::validate));
  }

  private void query(Context context) throws IOException {
    TextForm numbers = numbers(Parameters.of(context, "numbers"));
    AnswerFormat format = Accepted.format(context);
    QueryRequest request = request(context);
    Asked asked = new Asked("http", Questions.inShort(request.query()), Caller.ANONYMOUS);
    long started = System.nanoTime();
    RunningQuery query = operations.queries().begin(asked, Optional.ofNullable(context.header(QUERY_ID)), timeout(context, request));
    String outcome = "INTERNAL";
    try (var inLog = MDC.putCloseable("query_id", query.id())) {
      context.header(QUERY_ID, query.id());
      outcome = answer(context, query, request.query(), new QueryExchange.Form(format.contentType(), out -> format.writer(out, numbers)));
    } finally {
      operations.queries().end(query);
      operations.meters().countRows(query.rows());
      Outcomes.set(context, outcome);
      try (var inLog = MDC.putCloseable("query_id", query.id())) {
        QueryLog.ended(query, outcome, Duration.ofNanos(System.nanoTime() - started));
      }
    }
  }

  private String answer(Context context, RunningQuery query, MetricQuery question, QueryExchange.Form form) throws IOException {
    QueryExchange exchange = new QueryExchange(context, query);
    operations.queries().watch().stopWhenGone(query.control(), exchange.connection()::clientHasGone);
    return exchange.answer(() -> backend.engine().run(question, query.asked().caller(), query.control()), form);
  }

  private void explain(Context context) throws IOException {
    Parameters.of(context);
    Explanation explanation = backend.engine().explain(request(context).query(), Caller.ANONYMOUS);
    if (Accepted.plainText(context)) {
      Replies.send(context, 200, "text/plain; charset=utf-8", explanation.toString().getBytes(StandardCharsets.UTF_8));
      return;
    }
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("stages");
      for (Explanation.Stage stage : explanation.stages()) {
        out.writeStartObject();
        out.writeStringField("name", stage.name());
        out.writeStringField("text", stage.text());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** Says whether a query could be answered, and what the model's last edit broke; an empty body asks about the model only. */
  private void validate(Context context) throws IOException {
    Parameters.of(context);
    String body = Bodies.text(context, limits.get().bodyBytes());
    List<Issue> issues = body.isBlank() ? backend.model().brokenEdit() : issues(body);
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeBooleanField("valid", issues.isEmpty());
      out.writeFieldName("issues");
      IssueJson.writeAll(issues, out);
      out.writeEndObject();
    });
  }

  private List<Issue> issues(String body) {
    try {
      var unused = backend.engine().explain(JsonToQueryRequest.read(body).query(), Caller.ANONYMOUS);
      return List.of();
    } catch (SextantException invalid) {
      return invalid.issues();
    }
  }

  private QueryRequest request(Context context) throws IOException {
    return JsonToQueryRequest.read(Bodies.text(context, limits.get().bodyBytes()));
  }

  private static TextForm numbers(Parameters parameters) {
    return switch (parameters.text("numbers").orElse("exact")) {
      case "exact" -> TextForm.JSON;
      case "string" -> TextForm.JSON_NUMBERS_AS_STRINGS;
      default -> throw new SextantException(new Issue(ServerIssue.INVALID_PARAMETER, "Parameter 'numbers' is 'exact' or 'string'.",
          Position.NOWHERE, List.of("exact", "string")));
    };
  }

  /** The body's own timeout, else the header's, else the server's. */
  private Duration timeout(Context context, QueryRequest request) {
    Optional<String> header = Optional.ofNullable(context.header(TIMEOUT));
    Optional<Duration> asked = header.flatMap(Durations::read);
    if (header.isPresent() && asked.isEmpty()) {
      throw new SextantException(Issue.of(ServerIssue.INVALID_PARAMETER, Position.NOWHERE,
          "Header '" + TIMEOUT + "' must be " + Durations.EXPECTED + ", not '" + header.get() + "'."));
    }
    return request.timeout().or(() -> asked).orElseGet(limits.get()::queryTimeout);
  }
}
