// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Remembers runs across restarts; shared by servers that work on the same project. */
public interface RunStore extends AutoCloseable {

  /** Begins a run, unless one of the same target is running: then there is none. */
  Optional<Run> begin(Run.Wanted wanted, String owner, Instant now);

  /** Notes that a run was wanted and not needed; several in a row become one. */
  Run skip(Run.Wanted wanted, String owner, Instant now);

  /** Says that {@code owner} is alive and how far the work is. */
  Pulse heartbeat(String run, String owner, RunReport report, Instant now);

  /** What a heartbeat finds: the run goes on, somebody asked to stop it, or it is no longer ours. */
  enum Pulse {
    BEATS, STOP_WANTED, LOST
  }

  /** Asks whoever works on a run to stop it; false if it is not running. */
  boolean stop(String run);

  /** Ends a run; false if it was no longer {@code owner}'s. */
  boolean end(String run, String owner, Activity.Outcome outcome, Instant now);

  /** Declares running runs dead whose owner was silent for {@code patience} or is known to be gone, of one target if given; returns them. */
  List<Run> bury(Optional<Run.Target> target, Duration patience, Instant now);

  /** Dead runs after which nothing of their target has run. */
  List<Run> orphans();

  /** Whether a run was wanted for an instant. */
  boolean knows(Run.Target target, Instant dueAt);

  /** When a run of this name last went well. */
  Optional<Instant> lastSuccess(String name);

  void addRejects(String run, List<Reject> rows, Instant now);

  List<Reject> rejects(String run, int limit);

  /** Removes the rejected rows of a target whose keys are told; returns how many. */
  long eraseRejects(Run.Target target, Predicate<String> keys);

  Optional<Run> find(String run);

  /** The newest runs first; of one target if given. */
  List<Run> list(Optional<Run.Target> target, int limit);

  /** The newest run of a target that was not skipped. */
  Optional<Run> latest(Run.Target target);

  /** Forgets the rejected rows and the skipped runs that are older than {@code before}. */
  void forget(Instant before);

  /** Adds a line to the audit log. */
  void audit(String action, String subject, String detail, Instant now);

  @Override
  void close();
}
