// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers runs across restarts; shared by servers that work on the same project. */
public interface RunStore extends AutoCloseable {

  /** Begins a run, unless one of the same target is running: then there is none. */
  Optional<Run> begin(Run.Target target, Run.Trigger trigger, Instant dueAt, String owner, Instant now);

  /** Says that {@code owner} is alive and how far the work is; false if the run is no longer its. */
  boolean heartbeat(String run, String owner, RunReport report, Instant now);

  /** Ends a run; false if it was no longer {@code owner}'s. */
  boolean end(String run, String owner, Activity.Outcome outcome, Instant now);

  /** Declares running runs dead whose owner was silent for {@code patience} or is known to be gone, and returns them. */
  List<Run> bury(Duration patience, Instant now);

  void addRejects(String run, List<Reject> rows, Instant now);

  List<Reject> rejects(String run, int limit);

  Optional<Run> find(String run);

  /** The newest runs first; of one target if given. */
  List<Run> list(Optional<Run.Target> target, int limit);

  /** Forgets the rejected rows of ended runs that are older than {@code before}. */
  void forget(Instant before);

  @Override
  void close();
}
