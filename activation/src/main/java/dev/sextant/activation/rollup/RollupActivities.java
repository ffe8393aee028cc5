// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.rollup;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.RollupStore;
import dev.sextant.activation.RunKind;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Sync;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.Warehouse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The rollups of the model of the moment as something that can be run. */
public final class RollupActivities implements ActivitySource {
  private static final String SCHEMA = "rollups.schema";
  private static final String DEFAULT_SCHEMA = "sextant_rollups";

  private final Supplier<SemanticModel> model;
  private final Tools tools;

  /** What builds work with. */
  public record Tools(RollupPlanner planner, Function<String, Warehouse> warehouses, RollupStore store, InstantSource clock) {}

  public RollupActivities(Supplier<SemanticModel> model, Tools tools) {
    this.model = model;
    this.tools = tools;
  }

  @Override
  public RunKind kind() {
    return RunKind.ROLLUP;
  }

  @Override
  public List<Wish> wishes() {
    return model.get().definitions().rollups().stream().map(rollup -> new Wish(rollup.name(), schedule(rollup.refresh()))).toList();
  }

  private static Sync.Schedule schedule(Rollup.Refresh refresh) {
    return new Sync.Schedule(refresh.after(), Optional.empty(), refresh.every());
  }

  @Override
  public Optional<Activity> find(String name) {
    SemanticModel current = model.get();
    return current.definitions()
        .rollups()
        .stream()
        .filter(rollup -> rollup.name().equals(name))
        .findFirst()
        .map(rollup -> new RollupBuild(rollup, surroundings()));
  }

  private RollupBuild.Surroundings surroundings() {
    return new RollupBuild.Surroundings(tools.planner(), tools.warehouses(), tools.store(), tools.clock(), schema());
  }

  /** Rollups by an entity or what is known of it serve no longer, and their tables go: the next run builds them from what is there then. */
  @Override
  public List<String> erase(Erasure erasure) {
    List<String> gone = new ArrayList<>();
    for (Rollup rollup : model.get().definitions().rollups()) {
      if (rollup.dimensions().stream().anyMatch(item -> List.of(item.split("__", -1)).contains(erasure.entity()))) {
        tools.store().retire(rollup.name(), tools.clock().instant());
        LeftOvers.Dropped dropped = new LeftOvers(surroundings(), naming(rollup)).dropAll(rollup.name());
        gone.add("rollup " + rollup.name() + ": " + dropped.gone() + " tables"
            + (dropped.left() == 0 ? "" : ", " + dropped.left() + " could not be dropped and are tried again by its next run"));
      }
    }
    return gone;
  }

  private TableNaming naming(Rollup rollup) {
    return new TableNaming(tools.store().prefix(), schema(), rollup.name());
  }

  private String schema() {
    return model.get().project().settings().getOrDefault(SCHEMA, DEFAULT_SCHEMA);
  }
}
