// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.Basis;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A run is skipped only where it would surely end as the last one did. */
class DecisionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Basis ONE = new Basis("definition", Map.of("orders", "1", "customers", "1"));

  @Test
  void nothingChanged() {
    assertThat(decide(RunState.SUCCEEDED, ONE, Optional.of(ONE))).isEqualTo(new Decision.Skip("nothing changed since run last"));
  }

  @Test
  void aSourceChanged() {
    Basis two = new Basis("definition", Map.of("orders", "2", "customers", "1"));
    assertThat(decide(RunState.SUCCEEDED, ONE, Optional.of(two))).isEqualTo(new Decision.Perform("changed: orders"));
  }

  @Test
  void theDefinitionChanged() {
    assertThat(decide(RunState.SUCCEEDED, ONE, Optional.of(new Basis("other", ONE.sources()))))
        .isEqualTo(new Decision.Perform("its definition changed"));
  }

  @Test
  void whatFailedOrRejectedRowsIsDoneAgain() {
    for (RunState state : RunState.values()) {
      if (state != RunState.SUCCEEDED) {
        assertThat(decide(state, ONE, Optional.of(ONE))).as(state.label()).isInstanceOf(Decision.Perform.class);
      }
    }
  }

  @Test
  void whatCannotBeToldIsDone() {
    assertThat(decide(RunState.SUCCEEDED, ONE, Optional.empty())).isInstanceOf(Decision.Perform.class);
    assertThat(Decision.of(wanted(Run.Trigger.SCHEDULE, Optional.empty()), Optional.empty(), Optional.of(ONE)))
        .isEqualTo(new Decision.Perform("first run"));
  }

  @Test
  void whoAsksGetsIt() {
    assertThat(Decision.of(wanted(Run.Trigger.MANUAL, Optional.empty()), Optional.of(last(RunState.SUCCEEDED, ONE)), Optional.of(ONE)))
        .isInstanceOf(Decision.Perform.class);
  }

  private static Decision decide(RunState state, Basis then, Optional<Basis> now) {
    return Decision.of(wanted(Run.Trigger.SCHEDULE, Optional.empty()), Optional.of(last(state, then)), now);
  }

  private static Run last(RunState state, Basis basis) {
    return new Run("last", wanted(Run.Trigger.SCHEDULE, Optional.of(basis)), state, Optional.of(NOON), Optional.of(NOON), Optional.empty(),
        RunReport.EMPTY);
  }

  private static Run.Wanted wanted(Run.Trigger trigger, Optional<Basis> basis) {
    return new Run.Wanted(new Run.Target(RunKind.SYNC, "crm"), trigger, NOON, Scope.CHANGES, "", basis);
  }
}
