// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.serving.FeatureServing.Wanted;
import dev.sextant.model.SemanticModel;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Views as they were found for earlier requests: what a request asks of a version is the same for all callers who see the same model. A model that
 * is replaced takes along what was found in it.
 */
final class RememberedViews {
  /** Requests name any features in any order; beyond as many different ones what is remembered of a model is forgotten. */
  private static final int MOST = 1_000;

  private final Map<SemanticModel, Map<Asked, ServedView>> models = Collections.synchronizedMap(new WeakHashMap<>());

  /** What a request asks of a view. */
  record Asked(Wanted wanted, Optional<Duration> maxAge) {}

  /** What was found before, if that version is still the one that is served; else what {@code find} finds. */
  ServedView view(SemanticModel seen, Asked asked, Supplier<ServedView> find) {
    Map<Asked, ServedView> views = models.computeIfAbsent(seen, any -> new ConcurrentHashMap<>());
    ServedView known = views.get(asked);
    if (known != null && known.isServed()) {
      return known;
    }
    ServedView found = find.get();
    if (views.size() >= MOST) {
      views.clear();
    }
    views.put(asked, found);
    return found;
  }
}
