// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.server.error.Failures;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.calcite.avatica.Meta.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that a client fetches frame by frame. It ends at its last row, when it is closed, and at the query's deadline. */
final class OpenAnswer {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.query");
  private static final int USUAL_FRAME = 1_000;
  private static final int LARGEST_FRAME = 10_000;

  private final QueryResult result;
  private final RunningQuery query;
  private final Operations operations;
  private final long started = System.nanoTime();
  private List<ColumnReader> readers = List.of();
  private String outcome = "CANCELLED";
  private long position;
  private int row;
  private int rows;
  private boolean done;
  private boolean closed;

  OpenAnswer(QueryResult result, RunningQuery query, Operations operations) {
    this.result = result;
    this.query = query;
    this.operations = operations;
    // Whoever stops a query waits for nobody, and a frame may just be read.
    query.control().onStop(() -> Thread.ofVirtual().name("close-" + query.id()).start(this::close));
  }

  /** The next rows, which must be those from {@code offset} on; the query stops when the client goes away meanwhile. */
  synchronized Frame frame(long offset, int most, BooleanSupplier clientHasGone) {
    if (offset != position) {
      throw Problem.of(QueryIssue.INVALID_SQL, "Row " + offset + " was asked for, but the answer is read once, and row " + position
          + " is next.");
    }
    try {
      query.control().check();
      operations.queries().watch().stopWhenGone(query.control(), clientHasGone);
      Frame frame = frame(Math.min(most <= 0 ? USUAL_FRAME : most, LARGEST_FRAME));
      operations.queries().watch().stopWhenGone(query.control(), () -> false);
      return frame;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  private Frame frame(int most) {
    long first = position;
    List<Object> frame = new ArrayList<>();
    while (frame.size() < most && hasNext()) {
      frame.add(next());
    }
    position += frame.size();
    query.addRows(frame.size());
    boolean last = done || !hasNext();
    if (last) {
      outcome = "ok";
      close();
    }
    return new Frame(first, last, frame);
  }

  private boolean hasNext() {
    while (!done && row >= rows) {
      done = !result.loadNext();
      if (done) {
        query.control().check();
      }
      rows = done ? 0 : result.root().getRowCount();
      row = 0;
      readers = done ? List.of() : result.root().getFieldVectors().stream().map(ColumnReader::of).toList();
    }
    return !done;
  }

  private List<@Nullable Object> next() {
    List<@Nullable Object> values = new ArrayList<>(readers.size());
    for (ColumnReader reader : readers) {
      values.add(reader.read(row));
    }
    row++;
    return values;
  }

  private SextantException failed(RuntimeException failure) {
    List<Issue> issues = Failures.issues(failure, query.control());
    if (Failures.isBug(issues)) {
      LOG.atError().setCause(failure).log("A fault of our own in query {}: {}", query.id(), query.asked().question());
    }
    query.fail(issues);
    outcome = issues.getFirst().code().name();
    done = true;
    close();
    return new SextantException(issues);
  }

  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      result.close();
    } finally {
      operations.queries().end(query);
      operations.meters().countRows(query.rows());
      LOG.atInfo()
          .addKeyValue("door", query.asked().door())
          .addKeyValue("caller", query.asked().caller().name())
          .addKeyValue("outcome", outcome)
          .addKeyValue("rows", query.rows())
          .addKeyValue("micros", (System.nanoTime() - started) / 1000)
          .log(query.asked().question());
    }
  }
}
