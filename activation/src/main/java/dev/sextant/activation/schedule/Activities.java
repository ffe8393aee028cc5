// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.run.StoreConnections;
import dev.sextant.activation.sync.SyncActivity;
import dev.sextant.activation.sync.SyncPreview;
import dev.sextant.activation.sync.destination.Destinations;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Sync;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Makes what a model defines into something that can be run. */
public final class Activities {
  private static final Caller OURSELVES = new Caller("sextant", List.of("activation"));

  private final Supplier<SemanticModel> model;
  private final QueryEngine engine;
  private final InstantSource clock;

  public Activities(Supplier<SemanticModel> model, QueryEngine engine, InstantSource clock) {
    this.model = model;
    this.engine = engine;
    this.clock = clock;
  }

  Optional<Activity> find(Run.Target target) {
    return switch (target.kind()) {
      case SYNC -> model.get().definitions().syncs().stream().filter(sync -> sync.name().equals(target.name())).findFirst().map(this::sync);
      case ROLLUP, FEATURE_VIEW, TRAINING_SET, EXPORT -> Optional.empty();
    };
  }

  Optional<DryRun> dryRun(Run.Target target) {
    return target.kind() != RunKind.SYNC ? Optional.empty()
        : model.get().definitions().syncs().stream().filter(sync -> sync.name().equals(target.name())).findFirst().map(sync -> {
          SyncPreview preview = sync(sync).preview();
          return new DryRun(preview.counters(),
              preview.samples().stream().map(row -> new DryRun.Sample(row.operation(), row.key(), row.fields())).toList());
        });
  }

  private SyncActivity sync(Sync sync) {
    Path folder = model.get().project().folder();
    DestinationConfig config = model.get()
        .project()
        .destinations()
        .stream()
        .filter(each -> each.name().equals(sync.destination()))
        .findFirst()
        .orElseThrow();
    Path state = folder.resolve(StoreConnections.FOLDER).resolve("syncs").resolve(sync.name() + ".duckdb");
    return new SyncActivity(sync, new SyncActivity.Surroundings(state, context -> ask(sync.query(), context),
        () -> Destinations.open(config, sync, folder, clock)));
  }

  private QueryResult ask(SavedQuery query, RunContext context) {
    QueryControl control = QueryControl.unlimited("run-" + context.runId());
    context.onStop(() -> control.stop(QueryIssue.CANCELLED));
    return engine.run(query(query), OURSELVES, control);
  }

  /** A saved query as a question. */
  private static MetricQuery query(SavedQuery saved) {
    return new MetricQuery(saved.metrics().stream().map(MetricQuery.Item::of).toList(),
        saved.groupBy().stream().map(MetricQuery.Item::of).toList(), saved.where().stream().map(ExprPrinter::print).toList(), List.of(),
        saved.orderBy(), saved.limit(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        MetricQuery.Mode.DISTINCT, MetricQuery.Extras.NONE, MetricQuery.Options.DEFAULT);
  }
}
