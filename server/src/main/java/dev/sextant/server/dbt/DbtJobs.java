// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.query.Caller;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The queries whose results can still be fetched: for a while after they were last asked for, and as long as there is room. */
record DbtJobs(Map<String, DbtJob> jobs, InstantSource clock, Duration kept, long mostBytes) {
  private static final int MOST_RUNNING = 200;

  static DbtJobs empty(InstantSource clock, Duration kept, long mostBytes) {
    return new DbtJobs(new ConcurrentHashMap<>(), clock, kept, mostBytes);
  }

  void add(DbtJob job) {
    forgetOld();
    if (jobs.values().stream().filter(one -> !one.outcome().isDone()).count() >= MOST_RUNNING) {
      throw Problem.of(QueryIssue.QUEUE_FULL, "More than " + MOST_RUNNING + " queries wait for their results; try again in a moment.");
    }
    jobs.put(job.id(), job);
  }

  /** Finds a query of a caller; those of others are unknown to them. */
  DbtJob find(String id, Caller caller) {
    DbtJob job = jobs.get(id);
    if (job == null || !job.caller().equals(caller)) {
      throw Problem.of(QueryIssue.UNKNOWN_QUERY, "There is no query with the id '" + id + "'. Results are kept for "
          + kept.toMinutes() + " minutes after they were last asked for; create the query again.");
    }
    job.askedAt(clock.instant());
    return job;
  }

  boolean isForgotten(DbtJob job) {
    return clock.instant().isAfter(job.lastAsked().plus(kept));
  }

  private void forgetOld() {
    jobs.values().removeIf(this::isForgotten);
    List<DbtJob> oldest = jobs.values().stream().sorted(Comparator.comparing(DbtJob::lastAsked)).toList();
    long bytes = oldest.stream().mapToLong(DbtJob::bytes).sum();
    for (DbtJob job : oldest) {
      if (bytes <= mostBytes) {
        return;
      }
      bytes -= job.bytes();
      if (job.bytes() > 0) {
        jobs.remove(job.id(), job);
      }
    }
  }
}
