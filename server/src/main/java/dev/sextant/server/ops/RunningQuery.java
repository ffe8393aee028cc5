// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.Issue;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.server.auth.Administrators;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A query that was asked and not answered in full yet. */
public final class RunningQuery {
  private final QueryControl control;
  private final Asked asked;
  private final Instant started;
  private final AtomicLong rows = new AtomicLong();
  private volatile List<Issue> failure = List.of();

  /** Where a query came in, what it asks for in short, and who asks. */
  public record Asked(String door, String question, Caller caller) {
    /** Whether somebody may see and stop it: whoever asked, and who has the role {@code admin}. */
    boolean isSeenBy(Caller somebody) {
      return somebody.name().equals(caller.name()) || somebody.roles().contains(Administrators.ROLE);
    }
  }

  RunningQuery(QueryControl control, Asked asked, Instant started) {
    this.control = control;
    this.asked = asked;
    this.started = started;
  }

  public String id() {
    return control.queryId();
  }

  public QueryControl control() {
    return control;
  }

  public Asked asked() {
    return asked;
  }

  public Instant started() {
    return started;
  }

  /** Notes why the query failed; whoever asks for it afterwards is told. */
  public void fail(List<Issue> issues) {
    failure = List.copyOf(issues);
  }

  /** Why it failed, empty if it did not. */
  public List<Issue> failure() {
    return failure;
  }

  /** How many rows have been answered. */
  public long rows() {
    return rows.get();
  }

  /** Notes that more rows have been answered. */
  public void addRows(long more) {
    rows.addAndGet(more);
  }
}
