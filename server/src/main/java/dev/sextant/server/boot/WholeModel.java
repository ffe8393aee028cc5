// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.activation.serving.Features;
import dev.sextant.model.SemanticModel;
import java.util.function.Supplier;

/** The live model without access policies, made once for each model. */
final class WholeModel implements Supplier<SemanticModel> {
  private final Supplier<SemanticModel> live;
  private volatile Made last;

  private record Made(SemanticModel from, SemanticModel whole) {
    static Made of(SemanticModel model) {
      return new Made(model, Features.whole(model));
    }
  }

  WholeModel(Supplier<SemanticModel> live) {
    this.live = live;
    this.last = Made.of(live.get());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // an edit makes another model
  public SemanticModel get() {
    SemanticModel now = live.get();
    Made made = last;
    if (made.from() != now) {
      made = Made.of(now);
      last = made;
    }
    return made.whole();
  }
}
