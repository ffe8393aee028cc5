// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.model.SemanticModel;
import dev.sextant.query.Catalog;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.Warehouse;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import java.time.Instant;
import java.util.List;

/** A backend for one project that never changes. */
record ProjectBackend(SemanticModel served, QueryEngine engine, Warehouse warehouse) implements Backend {

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public Catalog catalog() {
    throw new UnsupportedOperationException("no script asks the catalog yet");
  }

  @Override
  public ModelState model() {
    return new ModelState(served, "1", Instant.EPOCH, List.of());
  }

  @Override
  public List<Warehouse> warehouses() {
    return List.of(warehouse);
  }
}
