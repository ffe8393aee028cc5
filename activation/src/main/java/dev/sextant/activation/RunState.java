// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  /** Wanted, and nobody has begun. */
  DUE,
  /** Somebody works on it and says so by heartbeats. */
  RUNNING, SUCCEEDED,
  /** All was done but some rows were refused, which the reject log lists. */
  SUCCEEDED_WITH_REJECTS, FAILED, CANCELLED,
  /** Nothing had changed since the last run that went well. */
  SKIPPED,
  /** A guard stopped it before anything left. */
  GUARDED,
  /** Whoever worked on it vanished; the next run takes up what it left. */
  DEAD;

  /** Whether nothing more will happen to it. */
  public boolean isOver() {
    return this != DUE && this != RUNNING;
  }

  /** Whether what comes after it may begin. */
  public boolean isSuccess() {
    return this == SUCCEEDED || this == SUCCEEDED_WITH_REJECTS;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
