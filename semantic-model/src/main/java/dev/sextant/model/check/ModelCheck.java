// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Issues;
import dev.sextant.model.build.Draft;

/** A rule that models must keep. */
interface ModelCheck {

  /** Adds what breaks the rule. */
  void check(Draft draft, Issues issues);
}
