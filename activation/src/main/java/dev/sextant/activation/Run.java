// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Instant;
import java.util.Optional;

/** One run as the store has it; {@code dueAt} is the instant it was wanted for, {@code owner} who works or worked on it. */
public record Run(String id, Target target, RunState state, Trigger trigger, Instant dueAt, Optional<Instant> startedAt,
    Optional<Instant> endedAt, Optional<String> owner, RunReport report) {

  /** What is run. */
  public record Target(RunKind kind, String name) {
    @Override
    public String toString() {
      return kind.label() + " " + name;
    }
  }

  /** Why a run came to be. */
  public enum Trigger {
    MANUAL, SCHEDULE,
    /** What it waits for had succeeded. */
    UPSTREAM,
    /** An earlier run of it died. */
    RECOVERY
  }
}
