// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.engine.ModelTables;
import dev.sextant.query.engine.SeenModel;
import dev.sextant.server.Backend;
import java.util.LinkedHashMap;
import java.util.Map;

/** The model that is served right now, as Cube's clients see it; made once per version and kind of caller. */
final class CubeModels {
  private static final int MOST_KEPT = 64;

  private final Backend backend;
  private final Map<SemanticModel, CubeModel> kept = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SemanticModel, CubeModel> eldest) {
      return size() > MOST_KEPT;
    }
  };

  CubeModels(Backend backend) {
    this.backend = backend;
  }

  /** The model that holds what a caller may see. */
  synchronized CubeModel current(Caller caller) {
    return kept.computeIfAbsent(SeenModel.of(backend.model().model(), caller), seen -> CubeModel.of(seen,
        ModelTables.of(seen, (warehouse, source) -> backend.warehouses().apply(warehouse).describe(source))));
  }
}
