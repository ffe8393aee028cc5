// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

/** Hears what becomes of runs. It must return at once: whatever takes time happens elsewhere, and never delays a run. */
public interface RunListener {

  default void began(Run run, Activity activity) {}

  /** The run is over: it ended, was skipped or is dead. */
  default void ended(Run run) {}
}
