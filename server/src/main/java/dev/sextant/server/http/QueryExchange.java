// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.answer.Answers;
import dev.sextant.server.error.Failures;
import dev.sextant.server.http.connection.Connection;
import dev.sextant.server.kept.KeptBody;
import dev.sextant.server.kept.KeptReply;
import dev.sextant.server.ops.RunningQuery;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One query's way out: the answer in full, an error in place of it, or a connection that visibly breaks. */
final class QueryExchange {
  private static final Map<String, String> FACTS = Map.of("cache", "Sextant-Cache", "age_ms", "Sextant-Age-Ms", "rollup", "Sextant-Rollup",
      "rollup_as_of", "Sextant-Rollup-As-Of", "approximate", "Sextant-Approximate");
  private static final String WARNINGS = "Sextant-Warnings";
  private static final int LONGEST_HEADER = 2_000;

  private final Context context;
  private final Connection connection;
  private final RunningQuery query;
  private boolean over;

  QueryExchange(Context context, RunningQuery query) {
    this.context = context;
    this.connection = Connection.of(context);
    this.query = query;
    query.control().onStop(this::breakOffIfSending);
  }

  Connection connection() {
    return connection;
  }

  /** Answers, and returns how it went: {@code ok} or the code of the error. */
  String answer(Supplier<QueryResult> run, KeptBody.Form form) throws IOException {
    try (QueryResult result = run.get()) {
      warn(result);
      tell(result, form);
      if (!KeptReply.send(context, result, form, query, Accepted.gzip(context))) {
        OutputStream out = Replies.stream(context, form.format().contentType());
        Answers.write(result, form.writer(out), query.control(), query::addRows);
        over();
        out.close();
      }
      over();
      return "ok";
    } catch (Throwable failure) {
      return fail(failure);
    }
  }

  /** Warnings stand in a header, one a line, encoded as in a URL. */
  private void warn(QueryResult result) {
    Optional.ofNullable(result.facts().notes().get("warnings")).ifPresent(warnings -> {
      String most = warnings.length() <= LONGEST_HEADER ? warnings : warnings.substring(0, LONGEST_HEADER);
      context.header(WARNINGS, URLEncoder.encode(most, StandardCharsets.UTF_8).replace("+", "%20"));
    });
  }

  /** A form without a place for facts has them in headers. */
  private void tell(QueryResult result, KeptBody.Form form) {
    if (form.format() == AnswerFormat.CSV || form.format() == AnswerFormat.NDJSON) {
      result.facts().notes().forEach((note, text) -> Optional.ofNullable(FACTS.get(note)).ifPresent(name -> context.header(name, text)));
    }
  }

  private String fail(Throwable failure) throws IOException {
    if (failure instanceof IOException && query.control().stopped().isEmpty()) {
      query.control().stop(QueryIssue.CANCELLED); // only the client's side of the connection throws these: it has gone
    }
    over();
    List<Issue> issues = Failures.issues(failure, query.control());
    query.fail(issues);
    if (Failures.isBug(issues)) {
      QueryLog.bug(query, failure);
    }
    if (context.res().isCommitted()) {
      connection.reset(failure);
    } else {
      Errors.send(context, issues);
    }
    return issues.getFirst().code().name();
  }

  /** A stopped query may be stuck in writing to a client that does not read: only the end of the connection frees it. */
  private synchronized void breakOffIfSending() {
    if (!over && context.res().isCommitted()) {
      connection.reset(new IOException("query " + query.id() + " was stopped"));
    }
  }

  private synchronized void over() {
    over = true;
  }
}
