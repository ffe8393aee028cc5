// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

/** Something that can be run, such as one sync; running it again after any interruption ends in the same state. */
public interface Activity {

  Run.Target target();

  /** Does the work; a failure is a SextantException, which ends the run as failed. */
  Outcome perform(RunContext context);

  /** How a run ended. */
  record Outcome(RunState state, RunReport report) {}
}
