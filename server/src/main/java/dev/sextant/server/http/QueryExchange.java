// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.server.answer.Answers;
import dev.sextant.server.error.Failures;
import dev.sextant.server.ops.RunningQuery;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** One query's way out: the answer in full, an error in place of it, or a connection that visibly breaks. */
final class QueryExchange {
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

  /** How an answer is written. */
  record Form(String contentType, AnswerOpener opener) {}

  /** Makes the writer of an answer's bytes. */
  interface AnswerOpener {
    dev.sextant.server.answer.AnswerWriter writer(OutputStream out);
  }

  /** Answers, and returns how it went: {@code ok} or the code of the error. */
  String answer(Supplier<QueryResult> run, Form form) throws IOException {
    try (QueryResult result = run.get()) {
      OutputStream out = Replies.stream(context, form.contentType());
      Answers.write(result, form.opener().writer(out), query.control(), query::addRows);
      over();
      out.close();
      return "ok";
    } catch (Throwable failure) {
      return fail(failure);
    }
  }

  private String fail(Throwable failure) throws IOException {
    if (failure instanceof IOException && query.control().stopped().isEmpty()) {
      query.control().stop(QueryIssue.CANCELLED); // only the client's side of the connection throws these: it has gone
    }
    over();
    var issues = Failures.issues(failure, query.control());
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
