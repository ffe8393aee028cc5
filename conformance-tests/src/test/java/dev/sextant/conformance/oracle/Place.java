// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;

/** Where a named item is found from a measure's dataset: a path, and what stands at its end. */
sealed interface Place {

  Path path();

  /** A dimension. */
  record OfDimension(Path path, Dimension dimension) implements Place {}

  /** An entity's keys. */
  record OfEntity(Path path, Entity entity) implements Place {}
}
