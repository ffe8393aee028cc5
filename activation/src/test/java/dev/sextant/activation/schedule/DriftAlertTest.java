// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.activation.sync.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The clock looks at the drift of a training set; whoever wants to know of failures is told which features moved. */
class DriftAlertTest {
  private static final Run.Target EXPORT = new Run.Target(RunKind.TRAINING_SET, "value");
  private static final Run.Target DRIFT = new Run.Target(RunKind.DRIFT, "value");
  private static final String ROWS = "select i as id, i as customer, i || '@x' as email, cast(i %% 100 + %d as decimal(12, 2)) as spent,"
      + " date '2026-01-01' as joined_on, i %% 3 = 0 as churned from range(2000) r(i)";
  private static final String VIEW = """
      feature_views:
        - {name: spending, entity: customer, features: [{metric: spent, window: 3650 days}]}
      training_sets:
        - name: value
          spine: {table: customers, entity: customer, at: joined_on, label: churned}
          features: spending
      """;

  @TempDir private Path folder;

  private TestProject project(int shift, String schedule, Receiver receiver) {
    return TestProject.in(folder).rows(ROWS.formatted(shift)).define(VIEW + schedule).section("""
        destinations: {hook: {type: webhook, url: "%s"}}
        alerts: {team: {destination: hook, on: [failed], for: [drift value]}}""".formatted(receiver.url()));
  }

  @Test
  void onlyWhatMovedIsToldAndByTheClock() throws Exception {
    try (Receiver receiver = new Receiver()) {
      try (TestProject.Open open = TestProject.open(project(0, "", receiver).write())) {
        assertThat(open.activations().run(EXPORT, Scope.CHANGES).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(open.activations().run(DRIFT, Scope.CHANGES).report().counters()).containsEntry("features", 1L)
            .containsEntry("drifted", 0L)
            .containsEntry("too_few", 0L);
      }
      assertThat(receiver.sent()).as("nothing drifted, so nobody is told").isZero();
      try (TestProject.Open open = TestProject.open(project(30, "    drift: {every: 1s}\n", receiver).write());
          Watch watch = Watch.start(open.activations(), () -> open.model().calendar().zone())) {
        assertThat(watch).isNotNull();
        TestProject.await(() -> receiver.sent() > 0);
        Run run = open.activations()
            .runs()
            .list(Optional.of(DRIFT), 10)
            .stream()
            .filter(one -> one.state() == RunState.FAILED)
            .toList()
            .getLast();
        assertThat(run.wanted().trigger()).isEqualTo(Run.Trigger.SCHEDULE);
        assertThat(run.report().counters()).containsEntry("drifted", 1L);
        assertThat(run.report().problem())
            .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(ActivationIssue.DRIFT.name()));
      }
      assertThat(receiver.rows().values()).allSatisfy(row -> assertThat(row).contains("\"alert\":\"failed\"", "\"what\":\"drift value\"",
          "spent_3650d", "drift.html"));
      assertThat(Files.readString(folder.resolve("training/value/drift.html"))).contains("<svg", "spent_3650d");
    }
  }
}
