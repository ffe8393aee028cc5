// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.Basis;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a wanted run is worth its while, found from how the last one ended and what the result depends on; {@code why} says it in words. */
public sealed interface Decision {
  String why();

  /** It is done. */
  record Perform(String why) implements Decision {}

  /** It would end as the last one did. */
  record Skip(String why) implements Decision {}

  /** Decides; {@code last} is the newest run of the target that was not skipped, {@code basis} what a result would depend on now. */
  static Decision of(Run.Wanted wanted, Optional<Run> last, Optional<Basis> basis) {
    if (wanted.trigger() == Run.Trigger.MANUAL) {
      return new Perform(switch (wanted.scope()) {
        case Scope.Changes changes -> "asked for";
        case Scope.All all -> "everything is asked for";
        case Scope.Rows rows -> rows.keys().size() == 1 ? "one row is asked for" : rows.keys().size() + " rows are asked for";
      });
    }
    if (last.isEmpty()) {
      return new Perform("first run");
    }
    Run before = last.get();
    if (wanted.trigger() == Run.Trigger.RECOVERY || before.state() == RunState.DEAD) {
      return new Perform("run " + before.id() + " died");
    }
    if (before.state() != RunState.SUCCEEDED) {
      return new Perform("run " + before.id() + " ended as " + before.state().label() + "; what failed is done again");
    }
    if (basis.isEmpty() || before.wanted().basis().isEmpty()) {
      return new Perform("whether its sources changed cannot be told");
    }
    return compared(before, before.wanted().basis().get(), basis.get());
  }

  private static Decision compared(Run before, Basis then, Basis now) {
    if (!then.definition().equals(now.definition())) {
      return new Perform("its definition changed");
    }
    List<String> changed = new TreeSet<>(now.sources().keySet()).stream()
        .filter(source -> !Objects.equals(now.sources().get(source), then.sources().get(source)))
        .toList();
    return changed.isEmpty() ? new Skip("nothing changed since run " + before.id())
        : new Perform("changed: " + String.join(", ", changed));
  }
}
