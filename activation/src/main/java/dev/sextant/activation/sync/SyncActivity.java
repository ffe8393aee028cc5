// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Activity;
import dev.sextant.activation.Basis;
import dev.sextant.activation.DataFlow;
import dev.sextant.activation.Destination;
import dev.sextant.activation.DryRun;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.run.UnfollowedRun;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.model.Sync;
import dev.sextant.query.ArrowBatches;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings a destination in step with a query. Delivery is at least once; a batch that is sent again carries the same id. */
public final class SyncActivity implements Activity {

  /** What a sync works with: a file for its scratch, the ledger, a way to ask its query for a run, and its destination. */
  public record Surroundings(Path stateFile, SyncLedger ledger, Function<RunContext, ArrowBatches> query, Supplier<Destination> destination,
      Deliverer.Patience patience) {
    public Surroundings(Path stateFile, SyncLedger ledger, Function<RunContext, ArrowBatches> query, Supplier<Destination> destination) {
      this(stateFile, ledger, query, destination, Deliverer.Patience.DEFAULT);
    }
  }

  /** What is told of a sync without running it. */
  record Facts(Supplier<Optional<Basis>> basis, Supplier<DataFlow> flow) {
    static final Facts NONE = new Facts(Optional::empty, () -> DataFlow.UNKNOWN);
  }

  private static final int SAMPLES = 10;

  private final Sync sync;
  private final Surroundings with;
  private final Facts facts;

  public SyncActivity(Sync sync, Surroundings with) {
    this(sync, with, Facts.NONE);
  }

  SyncActivity(Sync sync, Surroundings with, Facts facts) {
    this.sync = sync;
    this.with = with;
    this.facts = facts;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.SYNC, sync.name());
  }

  @Override
  public Optional<Basis> basis() {
    return facts.basis().get();
  }

  @Override
  public DataFlow flow() {
    return facts.flow().get();
  }

  @Override
  public Outcome perform(RunContext context) {
    Thread worker = Thread.currentThread();
    context.onStop(worker::interrupt);
    try (ScratchFile state = ScratchFile.open(with.stateFile()); Destination destination = with.destination().get()) {
      Operations.of(sync).refuseUnknown(sync, destination);
      Shipment shipment = new Shipment(sync, with.ledger(), destination, context, with.patience());
      shipment.resume();
      new LedgerCopy(state, with.ledger(), sync.name()).catchUp();
      context.check();
      SyncPlan plan = new SyncPlan(state, sync);
      shipment.count(plan.make(() -> with.query().apply(context), context));
      shipment.deliver(plan);
      RunReport report = shipment.report();
      return new Outcome(report.count("rejected") == 0 ? RunState.SUCCEEDED : RunState.SUCCEEDED_WITH_REJECTS, report);
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  /** Plans without sending, on a copy of what is remembered. */
  @Override
  public Optional<DryRun> preview() {
    UnfollowedRun run = new UnfollowedRun();
    try (PreviewState copy = PreviewState.of(with.stateFile()); ScratchFile state = ScratchFile.open(copy.file())) {
      new LedgerCopy(state, with.ledger(), sync.name()).catchUp();
      SyncPlan plan = new SyncPlan(state, sync);
      Map<String, Long> counters = plan.make(() -> with.query().apply(run), run);
      List<DryRun.Sample> samples = plan.next(SAMPLES)
          .stream()
          .map(row -> new DryRun.Sample(row.row().operation().name().toLowerCase(Locale.ROOT), row.row().key(),
              JsonValues.text(row.row().fields())))
          .toList();
      return Optional.of(new DryRun(counters, samples, run.rejects()));
    }
  }
}
