// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Instant;
import java.util.Optional;

/** One run as the store has it; {@code owner} is who works or worked on it. */
public record Run(String id, Wanted wanted, RunState state, Optional<Instant> startedAt, Optional<Instant> endedAt, Optional<String> owner,
    RunReport report) {

  public Target target() {
    return wanted.target();
  }

  /** A run before it begins: {@code dueAt} is the instant it is wanted for, {@code reason} says in words why it is or is not done. */
  public record Wanted(Target target, Trigger trigger, Instant dueAt, Scope scope, String reason, Optional<Basis> basis) {

    public static Wanted now(Target target, Trigger trigger, Instant dueAt) {
      return new Wanted(target, trigger, dueAt, Scope.CHANGES, "", Optional.empty());
    }

    public Wanted because(String why, Optional<Basis> found) {
      return new Wanted(target, trigger, dueAt, scope, why, found);
    }
  }

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
