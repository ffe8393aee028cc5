// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import dev.sextant.activation.schedule.Activations;
import dev.sextant.activation.serving.Features;
import dev.sextant.cache.engine.ResultCache;
import dev.sextant.query.Catalog;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.Warehouse;
import java.util.Optional;
import java.util.function.Function;

/** What doors stand in front of. While the server starts, all methods but {@link #ready()} wait until there is something to return. */
public interface Backend {

  /** Whether the other methods return at once. */
  boolean ready();

  QueryEngine engine();

  SqlEngine sql();

  Catalog catalog();

  /** The model that is served right now. */
  ModelState model();

  /** What can be run, and what has. */
  Activations activations();

  /** The features that are stored online. */
  Features features();

  /** Gives a warehouse by the name the project gives it. */
  Function<String, Warehouse> warehouses();

  /** The cache the engines answer from; nothing where answers are not kept. */
  default Optional<ResultCache> cache() {
    return Optional.empty();
  }
}
