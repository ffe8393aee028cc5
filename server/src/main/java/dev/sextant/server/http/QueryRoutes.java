// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.server.Backend;
import dev.sextant.server.ask.JsonToQueryRequest;
import dev.sextant.server.ask.JsonToSqlRequest;
import dev.sextant.server.ask.QueryRequest;
import dev.sextant.server.ask.Questions;
import dev.sextant.server.ask.ReadQueries;
import dev.sextant.server.ask.SqlRequest;
import dev.sextant.server.auth.Administrators;
import dev.sextant.server.error.IssueJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET} and {@code POST /v1/query}, {@code /v1/sql}, {@code /v1/explain} and {@code /v1/validate}. */
record QueryRoutes(Backend backend, Answering answering, ReadQueries read, UrlQueries urls) {

  List<Route> routes() {
    return List.of(Route.post("/v1/query", this::query), Route.get("/v1/query", this::queryInUrl), Route.post("/v1/sql", this::sql),
        Route.post("/v1/explain", this::explain),
        Route.post("/v1/validate", this::validate));
  }

  private void query(Context context) throws IOException {
    query(context, Parameters.of(context, "numbers"), read.read(body(context)));
  }

  private void queryInUrl(Context context) throws IOException {
    UrlQueries.InUrl asked = urls.read(context);
    query(context, asked.parameters(), asked.question());
  }

  private void query(Context context, Parameters parameters, ReadQueries.Read question) throws IOException {
    QueryRequest request = question.request();
    answering.answer(context, parameters, question.inShort(), request.timeout(),
        query -> backend.engine().run(request.query(), query.asked().caller(), query.control()));
  }

  private void sql(Context context) throws IOException {
    SqlRequest request = JsonToSqlRequest.read(body(context));
    answering.answer(context, Questions.inShort(request.query().sql()), request.timeout(), query -> request.prepareOnly()
        ? new PreparedResult(backend.sql().prepare(request.query(), query.asked().caller()), query.id())
        : backend.sql().run(request.query(), query.asked().caller(), query.control()));
  }

  private void explain(Context context) throws IOException {
    Parameters.of(context);
    Explanation explanation = explanation(body(context), Callers.of(context));
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

  /** A body with a {@code sql} is a statement, every other one is a metric query. */
  private Explanation explanation(String body, Caller caller) {
    return JsonToSqlRequest.isMeantBy(body) ? backend.sql().explain(JsonToSqlRequest.read(body).query(), caller)
        : backend.engine().explain(JsonToQueryRequest.read(body).query(), caller);
  }

  /** Says whether a query could be answered, or, with an empty body, what is wrong with the model's last edit. */
  private void validate(Context context) throws IOException {
    Parameters.of(context);
    String body = body(context);
    if (body.isBlank()) {
      Administrators.check(Callers.of(context), backend, "look into edits of the project");
    }
    List<Issue> issues = body.isBlank() ? backend.model().brokenEdit() : issues(body, Callers.of(context));
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeBooleanField("valid", issues.isEmpty());
      out.writeFieldName("issues");
      IssueJson.writeAll(issues, out);
      out.writeEndObject();
    });
  }

  private List<Issue> issues(String body, Caller caller) {
    try {
      var unused = explanation(body, caller);
      return List.of();
    } catch (SextantException invalid) {
      return invalid.issues();
    }
  }

  private String body(Context context) throws IOException {
    return Bodies.text(context, answering.limits().get().bodyBytes());
  }
}
