// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import dev.sextant.query.BuiltRollup;
import dev.sextant.query.RollupCatalog;
import java.time.Instant;
import java.util.List;

/** Remembers what is built of rollups; shared by servers that work on the same project. */
public interface RollupStore extends RollupCatalog {

  /** What the tables' names of this store begin with. */
  String prefix();

  /** Lets a build serve in place of any other of the same rollup, from one instant to the next. */
  void serve(BuiltRollup build, Instant now);

  /** Lets no build of a rollup serve any longer. */
  void retire(String rollup, Instant now);

  /** The builds of a rollup that serve no longer and whose tables may still be there, with when they ceased to. */
  List<Retired> retired(String rollup);

  /** Forgets a build whose tables are gone. */
  void forget(String build);

  /** A build that serves no longer. */
  record Retired(BuiltRollup build, Instant since) {}
}
