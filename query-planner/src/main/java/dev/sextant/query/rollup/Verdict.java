// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.query.plan.rows.RolledUp;
import java.util.List;

/** Whether a rollup answers a branch. */
public sealed interface Verdict {

  /** The rollup's name. */
  String rollup();

  /** It does; {@code table} is what is read, and {@code estimated} tells which measures it estimates and how well. */
  record Use(String rollup, RolledUp table, List<String> estimated) implements Verdict {
    public Use {
      estimated = List.copyOf(estimated);
    }
  }

  /** It does not. */
  record Reject(String rollup, String reason) implements Verdict {}

  /** It could, but another one has fewer rows to read. */
  record Costlier(String rollup, String than) implements Verdict {}

  /** One line for people. */
  default String line() {
    return switch (this) {
      case Use use -> "use " + use.rollup() + (use.estimated().isEmpty() ? "" : ", which estimates " + String.join(", ", use.estimated()));
      case Reject reject -> "reject " + reject.rollup() + ": " + reject.reason();
      case Costlier costlier -> "reject " + costlier.rollup() + ": " + costlier.than() + " has fewer rows";
    };
  }
}
