// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Activity;
import dev.sextant.activation.Destination;
import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.sync.destination.Destinations;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Documentation;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A sync of {@code customer, email, revenue} that a test adapts and runs. */
record Syncing(Path folder, String type, Map<String, String> options, Sync sync, SyncLedger ledger) {
  private static final Deliverer.Patience SHORT = new Deliverer.Patience(3, Duration.ofMillis(1), Duration.ofMillis(5),
      Duration.ofSeconds(20));

  static Syncing of(Path folder, String type, Map<String, String> options) {
    SavedQuery query = new SavedQuery("q", List.of("revenue"), List.of("customer", "email"), List.of(), List.of(), OptionalLong.empty(),
        List.of(), Documentation.NONE, Position.NOWHERE);
    Map<String, Sync.Field> map = new LinkedHashMap<>();
    map.put("email", new Sync.Field.FromColumn("email"));
    map.put("lifetime_value", new Sync.Field.FromColumn("revenue"));
    map.put("source", new Sync.Field.Constant("sextant"));
    return new Syncing(folder, type, options, new Sync("crm", query, List.of("customer"), "there", Optional.of("contacts"),
        Optional.of("email"), map, Sync.Mode.UPSERT, Sync.OnLeave.NOTHING, new Sync.Schedule(Optional.empty(), Optional.empty(),
            Optional.empty()),
        new Sync.Guard(Optional.empty(), List.of()), Optional.empty(), Documentation.NONE, Position.NOWHERE), new RememberedLedger());
  }

  Syncing with(Sync.Mode mode, Sync.OnLeave onLeave) {
    return with(new Sync(sync.name(), sync.query(), sync.key(), sync.destination(), sync.object(), sync.match(), sync.map(), mode, onLeave,
        sync.schedule(), sync.guard(), sync.trigger(), sync.documentation(), sync.position()));
  }

  Syncing with(Sync.Guard guard) {
    return with(new Sync(sync.name(), sync.query(), sync.key(), sync.destination(), sync.object(), sync.match(), sync.map(), sync.mode(),
        sync.onLeave(), sync.schedule(), guard, sync.trigger(), sync.documentation(), sync.position()));
  }

  Syncing with(List<String> key) {
    return with(new Sync(sync.name(), sync.query(), key, sync.destination(), sync.object(), sync.match(), sync.map(), sync.mode(),
        sync.onLeave(), sync.schedule(), sync.guard(), sync.trigger(), sync.documentation(), sync.position()));
  }

  Syncing with(Sync.Trigger trigger) {
    return with(new Sync(sync.name(), sync.query(), sync.key(), sync.destination(), sync.object(), sync.match(), sync.map(), sync.mode(),
        sync.onLeave(), sync.schedule(), sync.guard(), Optional.of(trigger), sync.documentation(), sync.position()));
  }

  Syncing with(SyncLedger other) {
    return new Syncing(folder, type, options, sync, other);
  }

  private Syncing with(Sync changed) {
    return new Syncing(folder, type, options, changed, ledger);
  }

  Activity.Outcome run(String rows) {
    return run(rows, new TestRun());
  }

  Activity.Outcome run(String rows, TestRun run) {
    return activity(rows).perform(run);
  }

  SyncActivity activity(String rows) {
    return new SyncActivity(sync, new SyncActivity.Surroundings(folder.resolve("state.duckdb"), ledger, context -> new SqlRows(rows),
        this::destination, SHORT));
  }

  Destination destination() {
    return Destinations.open(new DestinationConfig("there", type, options, Position.NOWHERE), sync, folder, InstantSource.system());
  }
}
