// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.engine.ModelTables;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import java.util.Optional;

/** The schema of the model that is served right now; a new version of the model gets a new one, whole. */
final class LiveSchema {
  private final Backend backend;
  private volatile Optional<ModelSchema> current = Optional.empty();

  LiveSchema(Backend backend) {
    this.backend = backend;
  }

  ModelSchema current() {
    ModelState state = backend.model();
    Optional<ModelSchema> known = current.filter(schema -> schema.state().model() == state.model());
    return known.orElseGet(() -> make(state));
  }

  private synchronized ModelSchema make(ModelState state) {
    Optional<ModelSchema> known = current.filter(schema -> schema.state().model() == state.model());
    if (known.isPresent()) {
      return known.get();
    }
    var tables = ModelTables.of(state.model(), (warehouse, source) -> backend.warehouses().apply(warehouse).describe(source));
    ModelSchema made = ModelSchema.of(state, tables, backend);
    current = Optional.of(made);
    return made;
  }
}
