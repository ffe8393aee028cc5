// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.Sync;
import dev.sextant.model.build.Draft;
import dev.sextant.model.build.Lengths;
import java.util.List;
import java.util.stream.Stream;

/** Syncs deliver columns their query has, keyed by some of them, to a destination that is configured. */
final class SyncsFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    draft.model().definitions().syncs().forEach(sync -> check(draft, sync, issues));
  }

  private static void check(Draft draft, Sync sync, Issues issues) {
    List<String> destinations = draft.model().project().destinations().stream().map(DestinationConfig::name).toList();
    if (!destinations.contains(sync.destination())) {
      issues.unknown(ModelIssue.UNKNOWN_DESTINATION, draft.places().of(sync, "destination", sync.position()),
          "destination '" + sync.destination() + "' is not defined in sextant.yml.", sync.destination(), destinations);
    }
    List<String> columns = Stream.concat(sync.query().metrics().stream(), sync.query().groupBy().stream()).toList();
    sync.key().forEach(key -> column(key, sync.query().groupBy(), draft.places().of(sync, "key." + key, sync.position()), issues));
    sync.map().forEach((field, value) -> {
      if (value instanceof Sync.Field.FromColumn from) {
        column(from.column(), columns, draft.places().of(sync, "map." + field, sync.position()), issues);
      }
    });
    sync.guard()
        .required()
        .stream()
        .filter(field -> !sync.map().containsKey(field) && sync.match().filter(field::equals).isEmpty())
        .forEach(field -> issues.unknown(ModelIssue.UNKNOWN_NAME, draft.places().of(sync, "required." + field, sync.position()),
            "required field '" + field + "' is not in the map.", field, sync.map().keySet()));
    if (sync.trigger().isPresent() && sync.trigger().get() instanceof Sync.Trigger.Crosses crosses) {
      column(crosses.column(), sync.query().metrics(), draft.places().of(sync, "crosses", sync.position()), issues);
    }
    if (sync.trigger().isPresent() && (sync.mode() == Sync.Mode.MIRROR || sync.onLeave() != Sync.OnLeave.NOTHING)) {
      issues.add(ModelIssue.CONFLICTING_KEYS, sync.position(),
          "sync '" + sync.name() + "' has a trigger, which sends events and removes nothing: use no mirror and no on_leave");
    }
    sync.schedule()
        .after()
        .ifPresent(name -> RollupsFit.runnable(draft, name, draft.places().of(sync, "after", sync.position()), issues));
    sync.schedule().every().ifPresent(text -> Lengths.check(text, draft.places().of(sync, "every", sync.position()), issues));
  }

  private static void column(String name, List<String> columns, Position at, Issues issues) {
    if (!columns.contains(name)) {
      issues.unknown(ModelIssue.UNKNOWN_NAME, at, "'" + name + "' is no column of the query that may stand here.", name, columns);
    }
  }
}
