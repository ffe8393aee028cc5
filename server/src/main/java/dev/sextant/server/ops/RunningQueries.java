// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.ops.RunningQuery.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The queries of all doors that run right now; it stops them at their deadlines, on demand, and when the server stops. */
public final class RunningQueries implements AutoCloseable {
  private static final int REMEMBERED = 1_000;

  private final Map<String, RunningQuery> running = new ConcurrentHashMap<>();
  /** Those that ended last, in a ring: the next one takes the place of the oldest. */
  private final AtomicReferenceArray<@Nullable RunningQuery> ended = new AtomicReferenceArray<>(REMEMBERED);
  private final AtomicLong endings = new AtomicLong();
  private final QueryIds ids = new QueryIds();
  private final InstantSource clock;
  private final QueryWatch watch;
  private volatile boolean draining;

  public RunningQueries(InstantSource clock) {
    this.clock = clock;
    this.watch = new QueryWatch(clock);
  }

  /**
   * Takes a query in, under the id its asker wants or a new one, with a deadline {@code timeout} from now. Whoever calls this calls
   * {@link #end} when the answer is out or has failed.
   */
  public RunningQuery begin(Asked asked, Optional<String> wantedId, Duration timeout) {
    if (draining) {
      throw new SextantException(
          Issue.of(ServerIssue.SHUTTING_DOWN, Position.NOWHERE, "The server is shutting down; ask again in a moment."));
    }
    Instant now = clock.instant();
    String id = wantedId.map(QueryIds::checked).orElseGet(ids::next);
    RunningQuery query = new RunningQuery(new QueryControl(id, Optional.of(now.plus(timeout)), asked.caller().name()), asked, now);
    if (running.putIfAbsent(id, query) != null) {
      throw new SextantException(
          Issue.of(ServerIssue.INVALID_PARAMETER, Position.NOWHERE,
              "A query with the id '" + id + "' is running already; choose another."));
    }
    watch.watch(query.control());
    return query;
  }

  /** Lets a query go; for a while it can still be found. */
  public void end(RunningQuery query) {
    answered(query);
    watch.forget(query.control());
  }

  /** Says that all of an answer is on its way, though its asker may not have taken it yet: its id may be used again. */
  public void answered(RunningQuery query) {
    if (isRunning(query)) {
      ended.set((int) (endings.getAndIncrement() % REMEMBERED), query);
      running.remove(query.id(), query);
    }
  }

  /** Finds a query that runs, or one that ended not long ago; those a caller may not see are unknown to them. */
  public RunningQuery find(String id, Caller caller) {
    return Optional.ofNullable(running.get(id))
        .or(() -> ended(id))
        .filter(query -> query.asked().isSeenBy(caller))
        .orElseThrow(() -> unknown(id));
  }

  /** The last one of an id that ended. */
  private Optional<RunningQuery> ended(String id) {
    long last = endings.get();
    for (long i = last - 1; i >= Math.max(0, last - REMEMBERED); i--) {
      RunningQuery query = ended.get((int) (i % REMEMBERED));
      if (query != null && query.id().equals(id)) {
        return Optional.of(query);
      }
    }
    return Optional.empty();
  }

  public boolean isRunning(RunningQuery query) {
    return query.equals(running.get(query.id()));
  }

  private static SextantException unknown(String id) {
    return new SextantException(
        Issue.of(QueryIssue.UNKNOWN_QUERY, Position.NOWHERE, "No query with the id '" + id + "' is running; it may have ended already."));
  }

  /** What watches over the running queries. */
  public QueryWatch watch() {
    return watch;
  }

  /** Returns the running queries, oldest first. */
  public List<RunningQuery> list() {
    return running.values().stream().sorted(Comparator.comparing(RunningQuery::started).thenComparing(RunningQuery::id)).toList();
  }

  /** Returns the running queries that a caller may see, oldest first. */
  public List<RunningQuery> list(Caller caller) {
    return list().stream().filter(query -> query.asked().isSeenBy(caller)).toList();
  }

  public int count() {
    return running.size();
  }

  public boolean isDraining() {
    return draining;
  }

  /** Cancels a running query that a caller may see. */
  public RunningQuery cancel(String id, Caller caller) {
    RunningQuery query = running.get(id);
    if (query == null || !query.asked().isSeenBy(caller)) {
      throw unknown(id);
    }
    query.control().stop(QueryIssue.CANCELLED);
    return query;
  }

  /** Takes no more queries and waits until none is running, but no longer than {@code most}; then cancels what is left. */
  public void drain(Duration most) throws InterruptedException {
    draining = true;
    Instant latest = clock.instant().plus(most);
    while (!running.isEmpty() && clock.instant().isBefore(latest)) {
      Thread.sleep(10);
    }
    list().forEach(query -> query.control().stop(QueryIssue.CANCELLED));
    Instant givingUp = clock.instant().plusSeconds(2);
    while (!running.isEmpty() && clock.instant().isBefore(givingUp)) {
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    draining = true;
    watch.close();
  }
}
