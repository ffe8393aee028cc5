// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Instant;
import java.util.List;

/** Hears what becomes of runs. It must return at once: whatever takes time happens elsewhere, and never delays a run. */
public interface RunListener {

  default void began(Run run, Activity activity) {}

  /** The run is over: it ended, was skipped or is dead. */
  default void ended(Run run) {}

  /** Instants passed at which something was wanted and did not begin; {@code why} says in words what came of it. */
  default void missed(Run.Target target, List<Instant> instants, String why) {}
}
