// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.rollup;

import dev.sextant.activation.Activity;
import dev.sextant.activation.RollupStore;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.model.Rollup;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.OwnTables;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.RollupPlan;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.Warehouse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Builds one rollup into new tables and lets them serve once all are there. Until then, and after any failure, the old ones do. Killed at any
 * instant, the next build ends in the same state and drops what was left over.
 */
public final class RollupBuild implements Activity {
  private final Rollup rollup;
  private final Surroundings surroundings;

  /** What a build works with; {@code schema} is where its tables go. */
  public record Surroundings(RollupPlanner planner, Function<String, Warehouse> warehouses, RollupStore store, InstantSource clock,
      String schema) {}

  public RollupBuild(Rollup rollup, Surroundings surroundings) {
    this.rollup = rollup;
    this.surroundings = surroundings;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.ROLLUP, rollup.name());
  }

  @Override
  public Outcome perform(RunContext context) {
    QueryControl control = QueryControl.unlimited("run-" + context.runId());
    context.onStop(() -> control.stop(QueryIssue.CANCELLED));
    Instant asOf = surroundings.clock().instant();
    Optional<
        BuiltRollup> earlier = surroundings.store()
            .find(rollup.name())
            .filter(build -> !(context.scope() instanceof Scope.All) && isThere(build));
    RollupPlanner.Part part = surroundings.planner().part(rollup, earlier);
    RollupPlan plan = surroundings.planner().plan(rollup, part);
    TableNaming naming = new TableNaming(surroundings.store().prefix(), surroundings.schema(), rollup.name());
    List<BuiltRollup.Table> made = new ArrayList<>();
    try {
      for (RollupPlan.Table table : plan.tables()) {
        context.check();
        made.add(make(table, naming.table(context.runId(), made.size()), control));
        context.progress(report(made, part));
      }
      context.check();
    } catch (RuntimeException failure) {
      made.forEach(table -> dropQuietly(table, failure));
      throw failure;
    }
    surroundings.store()
        .serve(new BuiltRollup(context.runId(), rollup.name(), plan.definition(), made, Optional.empty(), Optional.empty(), asOf),
            surroundings.clock().instant());
    new LeftOvers(surroundings, naming).clear(rollup.name(), made);
    return new Outcome(RunState.SUCCEEDED, report(made, part));
  }

  private static RunReport report(List<BuiltRollup.Table> made, RollupPlanner.Part part) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("tables", (long) made.size());
    counters.put("rows", made.stream().mapToLong(BuiltRollup.Table::rows).sum());
    counters.put("incremental", part.earlier().isPresent() ? 1L : 0L);
    return RunReport.of(counters);
  }

  /** A warehouse may have lost its tables, such as one in memory. */
  private boolean isThere(BuiltRollup build) {
    try {
      return build.tables()
          .stream()
          .allMatch(table -> tables(table.warehouse()).names(table.source().schema().orElse("")).contains(table.source().name()));
    } catch (SextantException noSuchWarehouse) {
      return false;
    }
  }

  private OwnTables tables(String warehouse) {
    return surroundings.warehouses()
        .apply(warehouse)
        .ownTables()
        .orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED_BY_WAREHOUSE,
            "warehouse '" + warehouse + "' takes no tables of rollups. Use store: local."));
  }

  private BuiltRollup.Table make(RollupPlan.Table table, Source.Table target, QueryControl control) {
    if (rollup.store() == Rollup.Store.LOCAL) {
      try (ArrowBatches rows = surroundings.warehouses().apply(table.warehouse()).run(table.sql(), control)) {
        return new BuiltRollup.Table(BuiltRollup.LOCAL, target,
            tables(BuiltRollup.LOCAL).create(target, table.kept().stream().toList(), new OwnTables.Fetched(rows, table.finish()), control));
      }
    }
    List<String> queries = Stream.concat(table.kept().stream(), Stream.of(table.sql())).toList();
    return new BuiltRollup.Table(table.warehouse(), target, tables(table.warehouse()).create(target, queries, control));
  }

  private void dropQuietly(BuiltRollup.Table table, RuntimeException because) {
    try {
      tables(table.warehouse()).drop(table.source());
    } catch (RuntimeException unreachable) {
      because.addSuppressed(unreachable);
    }
  }
}
