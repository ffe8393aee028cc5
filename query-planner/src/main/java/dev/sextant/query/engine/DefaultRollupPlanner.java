// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.RollupPlan;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.rollup.RollupBuilds;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes the SQL that builds the rollups of the live model. */
record DefaultRollupPlanner(Supplier<SemanticModel> model, Rollups rollups, QueryCompiler compiler) implements RollupPlanner {

  @Override
  public Part part(Rollup rollup, Optional<BuiltRollup> earlier) {
    return new RollupBuilds(rollups.index(model.get())).part(rollup, earlier);
  }

  @Override
  public RollupPlan plan(Rollup rollup, Part part) {
    RollupBuilds builds = new RollupBuilds(rollups.index(model.get()));
    return new RollupPlan(builds.definition(rollup), builds.plan(rollup, part).stream().map(table -> table(rollup, table)).toList());
  }

  private RollupPlan.Table table(Rollup rollup, RollupBuilds.TablePlan table) {
    List<String> warehouses = PlanSplit.warehouses(table.fresh());
    if (warehouses.size() != 1) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "rollup '" + rollup.name() + "' reads rows of several warehouses: "
          + String.join(", ", warehouses) + ". Declare one rollup for each.");
    }
    return new RollupPlan.Table(table.dataset().name(), warehouses.getFirst(), compiler.write(table.fresh(), warehouses.getFirst()),
        table.finish()
            .map(
                finish -> new RollupPlan.Finish(table.fresh().columns(), compiler.writeOver(finish, table.fresh(), warehouses.getFirst()))),
        table.kept().map(this::write));
  }

  private String write(PlanNode kept) {
    return compiler.write(kept, PlanSplit.warehouses(kept).getFirst());
  }

  @Override
  public String definition(Rollup rollup) {
    return new RollupBuilds(rollups.index(model.get())).definition(rollup);
  }
}
