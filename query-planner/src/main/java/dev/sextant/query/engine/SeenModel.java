// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.bind.Policies;

/** Models as their callers see them, for doors that show what there is. */
public final class SeenModel {
  private SeenModel() {}

  /** The model without what is hidden from a caller; the same one for callers with the same rights. */
  public static SemanticModel of(SemanticModel model, Caller caller) {
    return Policies.seen(model, caller);
  }
}
