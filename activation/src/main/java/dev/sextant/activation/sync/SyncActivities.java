// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.DataFlow;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.run.SavedQuestions;
import dev.sextant.activation.run.StoreConnections;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.sync.destination.Destinations;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The syncs of a model. */
public final class SyncActivities implements ActivitySource {
  private final Supplier<SemanticModel> model;
  private final SavedQuestions questions;
  private final Stores stores;
  private final InstantSource clock;
  private final SharedWaits waits;

  /** Where runs and acknowledged rows are remembered. */
  public record Stores(RunStore runs, SyncLedger ledger) {}

  public SyncActivities(Supplier<SemanticModel> model, SavedQuestions questions, Stores stores, InstantSource clock) {
    this.model = model;
    this.questions = questions;
    this.stores = stores;
    this.clock = clock;
    this.waits = new SharedWaits(stores.ledger(), clock);
  }

  @Override
  public RunKind kind() {
    return RunKind.SYNC;
  }

  private List<Sync> syncs() {
    return model.get().definitions().syncs();
  }

  @Override
  public List<Wish> wishes() {
    return syncs().stream().map(sync -> new Wish(sync.name(), sync.schedule())).toList();
  }

  @Override
  public Optional<Activity> find(String name) {
    return syncs().stream().filter(sync -> sync.name().equals(name)).findFirst().map(this::activity);
  }

  private Activity activity(Sync sync) {
    DestinationConfig config = config(sync);
    Path project = model.get().project().folder();
    return new SyncActivity(sync,
        new SyncActivity.Surroundings(file(sync), stores.ledger(), context -> questions.ask(sync.query(), context),
            () -> waits.heeding(config, Destinations.open(config, sync, project, clock))),
        new SyncActivity.Facts(() -> questions.basis(sync.query(), definition(sync, config)), () -> flow(sync, config)));
  }

  /** Where a sync goes is part of what it is; the options are hashed, so that no secret is kept. */
  private static String definition(Sync sync, DestinationConfig config) {
    return SyncDefinition.hash(sync) + config.type() + Hashes.sha256(new TreeMap<>(config.options()).toString());
  }

  private DataFlow flow(Sync sync, DestinationConfig config) {
    return new DataFlow(questions.inputs(sync.query()),
        List.of(new DataFlow.Place(config.type() + "://" + config.name(), sync.object().orElse(sync.name()))));
  }

  private DestinationConfig config(Sync sync) {
    return model.get().project().destinations().stream().filter(each -> each.name().equals(sync.destination())).findFirst().orElseThrow();
  }

  private Path file(Sync sync) {
    return StoreConnections.folder(model.get().project()).resolve("syncs").resolve(sync.name() + ".duckdb");
  }

  /** Wherever an entity is part of a sync's key, whatever is remembered under it goes. */
  @Override
  public List<String> erase(Erasure erasure) {
    List<String> gone = new ArrayList<>();
    for (Sync sync : syncs()) {
      int place = sync.key().indexOf(erasure.entity());
      if (place >= 0) {
        Predicate<String> keys = key -> concerns(key, place, erasure);
        long entries = stores.ledger().erase(sync.name(), keys);
        long rejects = stores.runs().eraseRejects(new Run.Target(RunKind.SYNC, sync.name()), keys);
        ScratchFile.remove(file(sync));
        gone.add("sync " + sync.name() + ": " + entries + " acknowledged rows, " + rejects + " rejected rows");
      }
    }
    return gone;
  }

  private static boolean concerns(String key, int place, Erasure erasure) {
    List<String> parts = key.startsWith("[") ? KeyText.parts(key) : List.of();
    return place < parts.size() && erasure.key().size() == 1 && parts.get(place).equals(erasure.key().getFirst());
  }
}
