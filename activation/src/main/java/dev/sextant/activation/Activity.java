// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Optional;

/** Something that can be run, such as one sync; running it again after any interruption ends in the same state. */
public interface Activity {

  Run.Target target();

  /** Does the work; a failure is a SextantException, which ends the run as failed. */
  Outcome perform(RunContext context);

  /** What the result depends on now; nothing where that cannot be told, then a scheduled run is never skipped. */
  default Optional<Basis> basis() {
    return Optional.empty();
  }

  /** What it reads and writes. */
  default DataFlow flow() {
    return DataFlow.UNKNOWN;
  }

  /** What a run would do; nothing where that cannot be told beforehand. Nothing leaves and nothing is remembered. */
  default Optional<DryRun> preview() {
    return Optional.empty();
  }

  /** How a run ended. */
  record Outcome(RunState state, RunReport report) {}
}
