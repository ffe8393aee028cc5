// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.engine.ModelTables;
import dev.sextant.query.engine.SeenModel;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schemas of the model that is served right now, one for each kind of caller; a new version of the model gets new ones, whole. */
final class LiveSchema {
  private static final int MOST_KEPT = 64;

  private final Backend backend;
  private final Map<SemanticModel, ModelSchema> kept = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SemanticModel, ModelSchema> eldest) {
      return size() > MOST_KEPT;
    }
  };

  LiveSchema(Backend backend) {
    this.backend = backend;
  }

  /** The schema that holds what a caller may see. */
  synchronized ModelSchema current(Caller caller) {
    ModelState state = backend.model();
    SemanticModel seen = SeenModel.of(state.model(), caller);
    return kept.computeIfAbsent(seen, any -> make(new ModelState(seen, state.version(), state.since(), state.brokenEdit()), caller));
  }

  private ModelSchema make(ModelState state, Caller caller) {
    var tables = ModelTables.of(state.model(), (warehouse, source) -> backend.warehouses().apply(warehouse).describe(source));
    return ModelSchema.of(state, tables, backend.catalog().seenBy(caller));
  }
}
