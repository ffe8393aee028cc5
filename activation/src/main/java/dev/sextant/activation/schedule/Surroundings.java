// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.RollupStore;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.SourceVersions;
import dev.sextant.activation.SyncLedger;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.Warehouse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What runs work with: the model of the moment, who plans its questions, its warehouses by name, what is known of versions, the clock,
 * who writes the SQL that builds rollups, and who answers for features. */
public record Surroundings(Supplier<SemanticModel> model, QueryPlanner<MetricQuery> planner, Function<String, Warehouse> warehouses,
    SourceVersions versions, InstantSource clock, Optional<RollupPlanner> rollups, Optional<FeatureEngine> features) {

  public Surroundings(Supplier<SemanticModel> model, QueryPlanner<MetricQuery> planner, Function<String, Warehouse> warehouses,
      SourceVersions versions, InstantSource clock) {
    this(model, planner, warehouses, versions, clock, Optional.empty(), Optional.empty());
  }

  public Surroundings(Supplier<SemanticModel> model, QueryPlanner<MetricQuery> planner, Function<String, Warehouse> warehouses,
      SourceVersions versions, InstantSource clock, Optional<RollupPlanner> rollups) {
    this(model, planner, warehouses, versions, clock, rollups, Optional.empty());
  }

  /** Where runs, what syncs delivered and what is built of rollups are remembered. */
  record Stores(RunStore runs, SyncLedger ledger, RollupStore rollups) {}
}
