// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Destination.Batch;
import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.Destination.RowResult;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.model.Sync;
import dev.sextant.query.ArrowBatches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings a destination in step with a query. Delivery is at least once; a batch that is sent again carries the same id. */
public final class SyncActivity implements Activity {

  /** What a sync works with: the file of its state, a way to ask its query for a run, and its destination. */
  public record Surroundings(Path stateFile, Function<RunContext, ArrowBatches> query, Supplier<Destination> destination,
      Deliverer.Patience patience) {
    public Surroundings(Path stateFile, Function<RunContext, ArrowBatches> query, Supplier<Destination> destination) {
      this(stateFile, query, destination, Deliverer.Patience.DEFAULT);
    }
  }

  private static final int SAMPLES = 10;

  private final Sync sync;
  private final Surroundings with;

  public SyncActivity(Sync sync, Surroundings with) {
    this.sync = sync;
    this.with = with;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.SYNC, sync.name());
  }

  @Override
  public Outcome perform(RunContext context) {
    Thread worker = Thread.currentThread();
    context.onStop(worker::interrupt);
    try (StateFile state = StateFile.open(with.stateFile()); Destination destination = with.destination().get()) {
      refuseUnknownOperations(destination);
      SyncPlan plan = new SyncPlan(state, sync);
      Map<String, Long> counters = new LinkedHashMap<>();
      if (plan.isUnfinished()) {
        counters.put("resumed", deliver(plan, destination, context, counters));
      }
      plan.make(() -> with.query().apply(context), context).forEach((name, count) -> counters.merge(name, count, Long::sum));
      deliver(plan, destination, context, counters);
      plan.forget();
      RunReport report = RunReport.of(counters);
      boolean clean = report.count("rejected") == 0;
      return new Outcome(clean ? RunState.SUCCEEDED : RunState.SUCCEEDED_WITH_REJECTS, report);
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  /** Plans without sending, on a copy of what is remembered. */
  public SyncPreview preview() {
    PreviewRun run = new PreviewRun();
    try (PreviewState copy = PreviewState.of(with.stateFile()); StateFile state = StateFile.open(copy.file())) {
      SyncPlan plan = new SyncPlan(state, sync);
      Map<String, Long> counters = plan.make(() -> with.query().apply(run), run);
      List<SyncPreview.PlannedChange> samples = plan.next(SAMPLES)
          .stream()
          .map(row -> new SyncPreview.PlannedChange(row.row().operation().name().toLowerCase(Locale.ROOT), row.row().key(),
              JsonValues.text(row.row().fields())))
          .toList();
      return new SyncPreview(counters, samples);
    }
  }

  private void refuseUnknownOperations(Destination destination) {
    for (Destination.Operation operation : Operations.of(sync).all()) {
      if (!destination.operations().contains(operation)) {
        throw ActivationIssue.DESTINATION_CONFIG.because("Destination '" + sync.destination() + "' of sync '" + sync.name() + "' knows no "
            + operation.name().toLowerCase(Locale.ROOT) + "; it knows "
            + destination.operations().stream().map(known -> known.name().toLowerCase(Locale.ROOT)).sorted().toList() + ".");
      }
    }
  }

  private long deliver(SyncPlan plan, Destination destination, RunContext context, Map<String, Long> counters) {
    Deliverer deliverer = new Deliverer(destination, rows -> batch(rows, context), with.patience());
    long sent = 0;
    destination.expect(plan.size());
    for (List<PlannedRow> rows = plan.next(destination.batchSize()); !rows.isEmpty(); rows = plan.next(destination.batchSize())) {
      context.check();
      List<RowResult> results = deliverer.deliver(rows.stream().map(PlannedRow::row).toList());
      record(plan, rows, results, context, counters);
      sent += rows.size();
      context.progress(RunReport.of(counters));
    }
    counters.merge("retried", deliverer.retried(), Long::sum);
    return sent;
  }

  private static void record(SyncPlan plan, List<PlannedRow> rows, List<RowResult> results, RunContext context,
      Map<String, Long> counters) {
    List<SyncPlan.Acknowledged> accepted = new ArrayList<>();
    List<Reject> rejected = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      PlannedRow row = rows.get(i);
      switch (results.get(i)) {
        case RowResult.Accepted done -> accepted.add(new SyncPlan.Acknowledged(row.seq(), done.remoteId()));
        case RowResult.Skipped skipped -> counters.merge("skipped", 1L, Long::sum);
        case RowResult.Rejected refused -> rejected.add(reject(row.row(), refused.status(), refused.code(), refused.message()));
        case RowResult.Again later -> rejected.add(reject(row.row(), later.status(), "PUT_OFF", later.message()));
      }
    }
    context.reject(rejected);
    plan.acknowledge(rows, accepted);
    counters.merge("sent", (long) rows.size(), Long::sum);
    counters.merge("accepted", (long) accepted.size(), Long::sum);
    counters.merge("rejected", (long) rejected.size(), Long::sum);
  }

  private static Reject reject(Row row, int status, String code, String message) {
    return new Reject(row.key(), row.operation().name().toLowerCase(Locale.ROOT), status, code, message, 1);
  }

  private Batch batch(List<Row> rows, RunContext context) {
    return new Batch(BatchId.of(sync, rows), sync.name(), context.runId(), sync.object(), sync.match(), rows);
  }
}
