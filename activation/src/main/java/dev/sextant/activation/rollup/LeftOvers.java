// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.rollup;

import dev.sextant.activation.RollupStore;
import dev.sextant.model.Source;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.OwnTables;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops tables that serve no longer, once no question can be reading them, and those that a killed build left. */
final class LeftOvers {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.rollups");

  /** How long a question may go on reading what has been replaced. */
  static final Duration GRACE = Duration.ofMinutes(10);

  private final RollupBuild.Surroundings surroundings;
  private final TableNaming naming;

  LeftOvers(RollupBuild.Surroundings surroundings, TableNaming naming) {
    this.surroundings = surroundings;
    this.naming = naming;
  }

  /** Clears up after a build that made {@code serving}; what cannot be dropped now is tried again after the next one. */
  void clear(String rollup, List<BuiltRollup.Table> serving) {
    Instant now = surroundings.clock().instant();
    Set<String> kept = new LinkedHashSet<>();
    serving.forEach(table -> kept.add(table.source().name()));
    for (RollupStore.Retired retired : surroundings.store().retired(rollup)) {
      if (retired.since().plus(GRACE).isAfter(now)) {
        retired.build().tables().forEach(table -> kept.add(table.source().name()));
      } else {
        forget(retired.build());
      }
    }
    serving.stream().map(BuiltRollup.Table::warehouse).distinct().forEach(warehouse -> dropOthers(warehouse, kept));
  }

  /** Drops all tables of builds that serve no longer, whoever may be reading them; tells how many are gone, and how many are not. */
  Dropped dropAll(String rollup) {
    int gone = 0;
    int left = 0;
    for (RollupStore.Retired retired : surroundings.store().retired(rollup)) {
      int tables = retired.build().tables().size();
      boolean forgotten = forget(retired.build());
      gone += forgotten ? tables : 0;
      left += forgotten ? 0 : tables;
    }
    return new Dropped(gone, left);
  }

  /** How many tables are gone, and how many could not be dropped. */
  record Dropped(int gone, int left) {}

  private boolean forget(BuiltRollup build) {
    try {
      build.tables().forEach(table -> tables(table.warehouse()).ifPresent(own -> own.drop(table.source())));
      surroundings.store().forget(build.id());
      return true;
    } catch (RuntimeException unreachable) {
      LOG.warn("An old table of rollup '{}' could not be dropped: {}", build.rollup(), unreachable.getMessage());
      return false;
    }
  }

  private void dropOthers(String warehouse, Set<String> kept) {
    try {
      tables(warehouse).ifPresent(own -> own.names(naming.schema())
          .stream()
          .filter(name -> name.startsWith(naming.start()) && !kept.contains(name))
          .forEach(name -> own.drop(new Source.Table(Optional.empty(), Optional.of(naming.schema()), name))));
    } catch (RuntimeException unreachable) {
      LOG.warn("What an earlier build left in warehouse '{}' could not be dropped: {}", warehouse, unreachable.getMessage());
    }
  }

  private Optional<OwnTables> tables(String warehouse) {
    return surroundings.warehouses().apply(warehouse).ownTables();
  }
}
