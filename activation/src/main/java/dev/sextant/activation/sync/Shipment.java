// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Destination.Batch;
import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.Destination.RowResult;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.SyncLedger.Entry;
import dev.sextant.activation.SyncLedger.Packet;
import dev.sextant.model.Sync;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes rows to the destination, batch by batch: announced in the ledger, sent, settled with what was acknowledged. Whoever dies between
 * announcing and settling leaves one batch of which nobody knows whether it arrived; the next run sends it again as it was, under its id.
 */
final class Shipment {
  private static final int ENOUGH_REFUSALS = 20;
  private static final int PAGE = 10_000;

  private final Sync sync;
  private final SyncLedger ledger;
  private final Destination destination;
  private final RunContext context;
  private final Deliverer deliverer;
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private final Set<String> refusals = new HashSet<>();
  private final String definition;
  private long salt;

  Shipment(Sync sync, SyncLedger ledger, Destination destination, RunContext context, Deliverer.Patience patience) {
    this.sync = sync;
    this.ledger = ledger;
    this.destination = destination;
    this.context = context;
    this.definition = SyncDefinition.hash(sync);
    this.deliverer = new Deliverer(destination, this::batch, patience);
  }

  RunReport report() {
    return RunReport.of(counters);
  }

  void count(Map<String, Long> more) {
    more.forEach((name, count) -> counters.merge(name, count, Long::sum));
    context.progress(report());
  }

  /**
   * Sends the batch again that an earlier run left on its way, unless the sync has been changed since. What is refused of it is planned anew with
   * all the rest, so it counts then.
   */
  void resume() {
    ledger.inFlight(sync.name()).filter(packet -> packet.definition().equals(definition)).ifPresent(packet -> {
      List<PlannedRow> rows = Packets.read(packet.content());
      destination.expect(rows.size());
      var unused = settle(packet, rows);
      counters.put("resumed", (long) rows.size());
      context.progress(report());
    });
  }

  /** Writes what became known without being sent, then sends what is planned. */
  void deliver(SyncPlan plan) {
    note(plan);
    destination.expect(plan.size());
    int most = destination.batchSize();
    for (List<PlannedRow> rows = plan.next(most); !rows.isEmpty(); rows = plan.next(most)) {
      context.check();
      Packet packet = new Packet(definition, ledger.version(sync.name()), Packets.write(rows));
      ledger.announce(context.runId(), sync.name(), packet);
      send(packet, Packets.read(packet.content()));
    }
    counters.merge("retried", deliverer.retried(), Long::sum);
    context.progress(report());
  }

  private void note(SyncPlan plan) {
    int from = 0;
    for (List<Entry> page = plan.noted(from, PAGE); !page.isEmpty(); page = plan.noted(from, PAGE)) {
      context.check();
      ledger.settle(context.runId(), sync.name(), page);
      from += page.size();
    }
    plan.mark().ifPresent(mark -> ledger.settle(context.runId(), sync.name(), List.of(mark)));
  }

  private void send(Packet packet, List<PlannedRow> rows) {
    List<Reject> rejected = settle(packet, rows);
    context.reject(rejected);
    counters.merge("rejected", (long) rejected.size(), Long::sum);
    counters.merge("sent", (long) rejected.size(), Long::sum);
    context.progress(report());
    stopIfNothingIsTaken(rejected);
  }

  /** Delivers and remembers what was acknowledged; returns what was refused. */
  private List<Reject> settle(Packet packet, List<PlannedRow> rows) {
    salt = packet.salt();
    List<RowResult> results = deliverer.deliver(rows.stream().map(PlannedRow::row).toList());
    List<Entry> accepted = new ArrayList<>();
    List<Reject> rejected = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      PlannedRow row = rows.get(i);
      switch (results.get(i)) {
        case RowResult.Accepted done -> accepted.add(row.entry(done.remoteId()));
        case RowResult.Skipped skipped -> counters.merge("skipped", 1L, Long::sum);
        case RowResult.Rejected refused -> rejected.add(reject(row.row(), refused.status(), refused.code(), refused.message()));
        case RowResult.Again later -> rejected.add(reject(row.row(), later.status(), "PUT_OFF", later.message()));
      }
    }
    ledger.settle(context.runId(), sync.name(), accepted);
    counters.merge("sent", (long) rows.size() - rejected.size(), Long::sum);
    counters.merge("accepted", (long) accepted.size(), Long::sum);
    return rejected;
  }

  /** Where all rows so far were refused for the same reason, the others would be, too. */
  private void stopIfNothingIsTaken(List<Reject> rejected) {
    rejected.forEach(reject -> refusals.add(reject.status() + " " + reject.code()));
    boolean enough = counters.getOrDefault("sent", 0L) >= Math.max(ENOUGH_REFUSALS, Math.min(destination.batchSize(), PAGE));
    if (enough && refusals.size() == 1 && counters.getOrDefault("rejected", 0L).equals(counters.get("sent"))) {
      throw ActivationIssue.DESTINATION_REFUSED.because("All of the first " + counters.get("sent") + " rows were refused: "
          + rejected.getLast().message() + " Nothing more is sent; look at the map of sync '" + sync.name() + "'.");
    }
  }

  private Reject reject(Row row, int status, String code, String message) {
    return new Reject(row.key(), row.operation().name().toLowerCase(Locale.ROOT), status, code, message, deliverer.lastAttempts());
  }

  private Batch batch(List<Row> rows) {
    return new Batch(BatchId.of(sync, salt, rows), sync.name(), context.runId(), sync.object(), sync.match(), rows);
  }
}
