// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivitySource.Erasure;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Rollups as runs: when they are built, and what is forgotten in them. */
class RollupRunsTest {
  private static final Run.Target SPENDING = new Run.Target(RunKind.ROLLUP, "spending");
  private static final String THERE = "destinations: {there: {type: csv, path: out}}";

  @TempDir private Path folder;

  @Test
  void rollupsAreRefreshedByTheClockAndAfterOthersWhateverElseIsWrong() throws Exception {
    String rollups = """
        rollups:
          - {name: spending, metrics: [spent], dimensions: [customer], refresh: {every: 1s}}
          - {name: total, metrics: [spent], grain: day, refresh: {after: spending}}
        """ + TestProject.sync("crm", "schedule: {cron: 'never * * * *'}");
    Run.Target total = new Run.Target(RunKind.ROLLUP, "total");
    try (
        TestProject.Open open = TestProject
            .open(TestProject.in(folder).section(THERE).settings(Map.of("patience", "3s")).define(rollups).write());
        Watch watch = Watch.start(open.activations(), () -> open.model().calendar().zone())) {
      assertThat(watch).isNotNull();
      TestProject.await(() -> open.ended(SPENDING) >= 2 && open.ended(total) >= 1);
      assertThat(open.activations().runs().list(Optional.of(SPENDING), 1).getFirst().wanted().trigger()).isEqualTo(Run.Trigger.SCHEDULE);
      assertThat(open.activations().runs().list(Optional.of(total), 1).getFirst().wanted().trigger()).isEqualTo(Run.Trigger.UPSTREAM);
      assertThat(open.activations().rollups().find("total")).isPresent();
    }
  }

  @Test
  void rollupsByAForgottenEntityGoAndAreBuiltAgainWithoutIt() {
    String rollups = """
        rollups:
          - {name: spending, metrics: [spent], dimensions: [customer, customer__email]}
          - {name: total, metrics: [spent], grain: day}
        """;
    TestProject project = TestProject.in(folder).define(rollups);
    try (TestProject.Open open = TestProject.open(project.write())) {
      assertThat(open.activations().run(SPENDING, Scope.CHANGES).state()).isEqualTo(RunState.SUCCEEDED);
      open.activations().run(new Run.Target(RunKind.ROLLUP, "total"), Scope.CHANGES);
      assertThat(open.activations().erase(new Erasure("customer", List.of("3")))).contains("rollup spending: 1 tables")
          .noneSatisfy(line -> assertThat(line).contains("total"));
      assertThat(open.activations().rollups().find("spending")).isEmpty();
      assertThat(open.activations().rollups().find("total")).isPresent();
      assertThat(open.activations().erase(new Erasure("customer", List.of("3")))).contains("rollup spending: 0 tables");
      assertThat(open.activations().run(SPENDING, Scope.CHANGES).report().counters()).containsEntry("rows", 5L)
          .containsEntry("incremental", 0L);
      assertThat(open.activations().rollups().find("spending")).isPresent();
    }
  }
}
