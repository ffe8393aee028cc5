// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.rollup;

import dev.sextant.model.Source;
import java.util.Locale;
import java.util.Optional;

/** The names of a rollup's tables: short enough for every warehouse, new for each run, and never those of another rollup or project. */
record TableNaming(String store, String schema, String rollup) {
  private static final int LONGEST_ROLLUP = 20;
  private static final int RUN = 8;

  /** What the names of all tables of the rollup begin with. */
  String start() {
    String plain = rollup.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    String name = plain.length() <= LONGEST_ROLLUP ? plain : plain.substring(0, LONGEST_ROLLUP);
    return "r" + store + "_" + name + "_" + Integer.toHexString(rollup.hashCode()) + "_";
  }

  Source.Table table(String run, int place) {
    return new Source.Table(Optional.empty(), Optional.of(schema), start() + run.substring(0, Math.min(RUN, run.length())) + "_" + place);
  }
}
