// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import dev.sextant.model.Issue;
import dev.sextant.model.SemanticModel;
import java.time.Instant;
import java.util.List;

/** A model that is served: which version, since when, and what is wrong with a later edit that did not replace it. */
public record ModelState(SemanticModel model, String version, Instant since, List<Issue> brokenEdit) {

  public ModelState {
    brokenEdit = List.copyOf(brokenEdit);
  }
}
