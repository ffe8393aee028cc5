// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.activation.SourceVersions;
import dev.sextant.activation.schedule.Activations;
import dev.sextant.activation.schedule.Surroundings;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Source;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.OwnTables;
import dev.sextant.query.QueryControl;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.RollupPlan;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.engine.DefaultSqlEngine;
import dev.sextant.query.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A project whose rollups are built, with an engine that reads them and one that knows nothing of them. */
final class RolledUpShop implements RollupCatalog, AutoCloseable {
  static final LocalDateTime FROM = LocalDateTime.of(2024, 3, 4, 0, 0);
  static final LocalDateTime BEFORE = LocalDateTime.of(2024, 12, 30, 0, 0);

  private final BufferAllocator memory = new RootAllocator();
  private final SemanticModel model;
  private final Warehouses warehouses;
  private final DefaultQueryEngine without;
  private final DefaultQueryEngine with;
  private final DefaultSqlEngine sql;
  private final Activations activations;
  private final InstantSource clock;
  private final Map<String, BuiltRollup> replaced = new LinkedHashMap<>();

  RolledUpShop(Path project, InstantSource clock) {
    this.model = switch (ModelLoader.load(project, Map.of())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
    this.clock = clock;
    this.warehouses = new Warehouses(model.project(), memory);
    this.without = new DefaultQueryEngine(() -> model, warehouses);
    this.with = new DefaultQueryEngine(() -> model, warehouses, this, clock);
    this.sql = new DefaultSqlEngine(() -> model, warehouses, this, clock);
    this.activations = Activations.open(
        new Surroundings(() -> model, without, warehouses, SourceVersions.UNKNOWN, clock, Optional.of(with.rollupPlanner())), List.of());
  }

  SemanticModel model() {
    return model;
  }

  DefaultQueryEngine with() {
    return with;
  }

  DefaultQueryEngine without() {
    return without;
  }

  DefaultSqlEngine sql() {
    return sql;
  }

  Warehouses warehouses() {
    return warehouses;
  }

  RollupPlanner planner() {
    return with.rollupPlanner();
  }

  List<String> rollups() {
    return model.definitions().rollups().stream().map(Rollup::name).toList();
  }

  /** Builds a rollup as the server does. */
  Run build(String rollup) {
    return activations.run(new Run.Target(RunKind.ROLLUP, rollup), Scope.CHANGES);
  }

  void buildAll() {
    for (String rollup : rollups()) {
      Run run = build(rollup);
      if (run.state() != RunState.SUCCEEDED) {
        throw new IllegalStateException(rollup + ": " + run.report());
      }
    }
  }

  /** Builds a part of a rollup beside what serves, and lets it serve here. */
  void buildPart(String rollup) {
    RollupPlan plan = planner().plan(definition(rollup), new RollupPlanner.Part(Optional.of(FROM), Optional.of(BEFORE), Optional.empty()));
    List<BuiltRollup.Table> tables = new ArrayList<>();
    for (RollupPlan.Table table : plan.tables()) {
      Source.Table name = new Source.Table(Optional.empty(), Optional.of("partly"), rollup + "_" + tables.size());
      long rows = tables(table.warehouse()).create(name, List.of(table.sql()), QueryControl.unlimited("part"));
      tables.add(new BuiltRollup.Table(table.warehouse(), name, rows));
    }
    replaced.put(rollup,
        new BuiltRollup("part", rollup, plan.definition(), tables, Optional.of(FROM), Optional.of(BEFORE), clock.instant()));
  }

  /** Empties the tables of a rollup and makes them cheap, so that reading them shows. */
  void poison(String rollup, String definition, Instant asOf) {
    BuiltRollup built = activations.rollups().find(rollup).orElseThrow();
    for (BuiltRollup.Table table : built.tables()) {
      try (ArrowBatches deleted = warehouses.apply(table.warehouse())
          .run("delete from \"" + table.source().schema().orElseThrow() + "\".\"" + table.source().name() + "\"",
              QueryControl.unlimited("poison"))) {
        while (deleted.loadNext()) {
          deleted.root();
        }
      }
    }
    List<BuiltRollup.Table> cheap = built.tables()
        .stream()
        .map(table -> new BuiltRollup.Table(table.warehouse(), table.source(), 0))
        .toList();
    replaced.put(rollup, new BuiltRollup(built.id(), rollup, definition, cheap, Optional.empty(), Optional.empty(), asOf));
  }

  /** Makes the web shop's special rollups what their names say. */
  void spoil() {
    ShopRollups.PARTLY.forEach(this::buildPart);
    ShopRollups.STALE.forEach(name -> poison(name, planner().definition(definition(name)), clock.instant().minus(Duration.ofHours(3))));
    ShopRollups.OTHER.forEach(name -> poison(name, "0", clock.instant()));
  }

  private OwnTables tables(String warehouse) {
    return warehouses.apply(warehouse).ownTables().orElseThrow();
  }

  /** Lets a build serve here in place of the one that does. */
  void replace(BuiltRollup build) {
    replaced.put(build.rollup(), build);
  }

  Rollup definition(String name) {
    return model.definitions().rollups().stream().filter(rollup -> rollup.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public Optional<BuiltRollup> find(String rollup) {
    return Optional.ofNullable(replaced.get(rollup)).or(() -> activations.rollups().find(rollup));
  }

  @Override
  public long version() {
    return activations.rollups().version() + replaced.size();
  }

  @Override
  public void close() {
    activations.close();
    warehouses.close();
    memory.close();
  }
}
