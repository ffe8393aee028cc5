// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.query.engine.ModelTables;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import java.util.Optional;

/** The model that is served right now, as Cube's clients see it; made once per version. */
final class CubeModels {
  private final Backend backend;
  private volatile Optional<CubeModel> current = Optional.empty();

  CubeModels(Backend backend) {
    this.backend = backend;
  }

  CubeModel current() {
    ModelState state = backend.model();
    return current.filter(cubes -> cubes.model() == state.model()).orElseGet(() -> make(state));
  }

  private synchronized CubeModel make(ModelState state) {
    Optional<CubeModel> known = current.filter(cubes -> cubes.model() == state.model());
    if (known.isPresent()) {
      return known.get();
    }
    CubeModel made = CubeModel.of(state.model(),
        ModelTables.of(state.model(), (warehouse, source) -> backend.warehouses().apply(warehouse).describe(source)));
    current = Optional.of(made);
    return made;
  }
}
