// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.List;

/** What a running activity may ask of and tell to its surroundings. */
public interface RunContext {

  String runId();

  /** How much of the work is wanted; who cannot do less does all. */
  default Scope scope() {
    return Scope.CHANGES;
  }

  /** Throws if the run was cancelled or is no longer ours; between two steps of work. */
  void check();

  /** Calls {@code listener} once when the run is cancelled or lost. */
  void onStop(Runnable listener);

  /** Records how far the work is. */
  void progress(RunReport report);

  /** Adds rows to the reject log. */
  void reject(List<Reject> rows);
}
