// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.activation.schedule.Activations;
import dev.sextant.activation.serving.Features;
import dev.sextant.query.Caller;
import dev.sextant.query.Catalog;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.Warehouse;
import dev.sextant.query.engine.SeenModel;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import java.util.function.Function;

/** A backend whose model and catalog hold what one caller may see. */
record SeenBackend(Backend whole, Caller caller) implements Backend {

  @Override
  public boolean ready() {
    return whole.ready();
  }

  @Override
  public QueryEngine engine() {
    return whole.engine();
  }

  @Override
  public SqlEngine sql() {
    return whole.sql();
  }

  @Override
  public Catalog catalog() {
    return whole.catalog().seenBy(caller);
  }

  @Override
  public ModelState model() {
    ModelState state = whole.model();
    return new ModelState(SeenModel.of(state.model(), caller), state.version(), state.since(), state.brokenEdit());
  }

  @Override
  public Features features() {
    return whole.features();
  }

  @Override
  public Activations activations() {
    return whole.activations();
  }

  @Override
  public Function<String, Warehouse> warehouses() {
    return whole.warehouses();
  }
}
