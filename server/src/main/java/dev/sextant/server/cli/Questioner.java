// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.Backend;
import dev.sextant.server.answer.Answers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Asks questions of a project in this process. */
record Questioner(Backend backend, OutputStream out) {
  private static final Caller CALLER = new Caller(System.getProperty("user.name", "local"), java.util.List.of());

  /** Asks and prints the answer; under a table it says how many rows there are and how long it took. */
  void ask(MetricQuery query, OutputFormat format, Optional<Duration> timeout) throws IOException {
    answer(control -> backend.engine().run(query, CALLER, control), format, timeout);
  }

  /** The same for a statement of semantic SQL. */
  void ask(SqlQuery query, OutputFormat format, Optional<Duration> timeout) throws IOException {
    answer(control -> backend.sql().run(query, CALLER, control), format, timeout);
  }

  private void answer(Function<QueryControl, QueryResult> run, OutputFormat format, Optional<Duration> timeout) throws IOException {
    long started = System.nanoTime();
    AtomicLong rows = new AtomicLong();
    QueryControl control = new QueryControl("cli", timeout.map(Instant.now()::plus));
    Thread cancel = new Thread(() -> control.stop(QueryIssue.CANCELLED));
    Runtime.getRuntime().addShutdownHook(cancel);
    try (QueryResult result = run.apply(control)) {
      Answers.write(result, format.writer(out), control, rows::addAndGet);
    } finally {
      Shutdown.remove(cancel);
    }
    if (format == OutputFormat.TABLE) {
      String tail = rows.get() + (rows.get() == 1 ? " row, " : " rows, ") + time(Duration.ofNanos(System.nanoTime() - started)) + "\n";
      out.write(tail.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String time(Duration took) {
    return took.toMillis() < 1_000 ? took.toMillis() + " ms" : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
