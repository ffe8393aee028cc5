// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.activation.schedule.Activations;
import dev.sextant.model.Project;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.RollupCatalog;
import java.util.Optional;
import java.util.function.Supplier;

/** The rollups that are built, from the store of runs; nothing as long as a project has none, which asking does not change. */
final class BuiltRollups implements RollupCatalog {
  private final Supplier<Project> project;
  private final Supplier<Activations> activations;
  private volatile Optional<RollupCatalog> opened = Optional.empty();

  BuiltRollups(Supplier<Project> project, Supplier<Activations> activations) {
    this.project = project;
    this.activations = activations;
  }

  private RollupCatalog catalog() {
    Optional<RollupCatalog> known = opened;
    if (known.isPresent()) {
      return known.get();
    }
    if (!Activations.haveRun(project.get())) {
      return RollupCatalog.EMPTY;
    }
    RollupCatalog catalog = activations.get().rollups();
    opened = Optional.of(catalog);
    return catalog;
  }

  @Override
  public Optional<BuiltRollup> find(String rollup) {
    return catalog().find(rollup);
  }

  @Override
  public long version() {
    return catalog().version();
  }
}
