// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.ActivitySource.Erasure;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.activation.SourceVersions;
import dev.sextant.activation.run.TestDatabase;
import dev.sextant.activation.sync.Receiver;
import dev.sextant.model.SextantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Runs of a real project: when they happen, why, who is told, and what is forgotten. */
class ActivationsTest {
  private static final Run.Target CRM = new Run.Target(RunKind.SYNC, "crm");
  private static final Run.Target LATER = new Run.Target(RunKind.SYNC, "later");

  @TempDir private Path folder;
  private Receiver receiver;
  private Receiver ops;
  private final AtomicReference<Optional<String>> version = new AtomicReference<>(Optional.of("1"));

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    ops = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
    ops.close();
  }

  private TestProject project() {
    return TestProject.in(folder).section("""
        destinations:
          there: {type: webhook, url: "%s", secret: whsec_c2VjcmV0LW9mLXRoZS10ZXN0cw==}
          ops: {type: webhook, url: "%s"}
        alerts:
          team: {destination: ops, on: [failed, guarded, rejects, missed]}
        lineage: {transport: file, path: lineage.ndjson}""".formatted(receiver.url(), ops.url()));
  }

  private TestProject.Open opened(TestProject project) {
    SourceVersions versions = dataset -> version.get();
    return TestProject.open(project.write(), versions, List.of(), InstantSource.system());
  }

  private static Run due(TestProject.Open open, Run.Target target) {
    open.activations().due(Run.Wanted.now(target, Run.Trigger.SCHEDULE, Instant.now()));
    return open.activations().runs().list(Optional.of(target), 1).getFirst();
  }

  @Test
  void aScheduledRunIsSkippedWhileNothingChanged() {
    try (TestProject.Open open = opened(project().define(TestProject.sync("crm", "")))) {
      assertThat(due(open, CRM)).extracting(Run::state, run -> run.wanted().reason()).containsExactly(RunState.SUCCEEDED, "first run");
      Run skipped = due(open, CRM);
      assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
      assertThat(skipped.wanted().reason()).startsWith("nothing changed since run ");
      version.set(Optional.of("2"));
      assertThat(due(open, CRM).wanted().reason()).isEqualTo("changed: customers");
      version.set(Optional.empty());
      assertThat(due(open, CRM).wanted().reason()).isEqualTo("whether its sources changed cannot be told");
      assertThat(open.activations().run(CRM, Scope.CHANGES).wanted().reason()).isEqualTo("asked for");
    }
    version.set(Optional.of("2"));
    try (TestProject.Open open = opened(project().define(TestProject.sync("crm", "")))) {
      due(open, CRM);
      assertThat(due(open, CRM).state()).isEqualTo(RunState.SKIPPED);
    }
    String narrower = TestProject.sync("crm", "").replace("lifetime_value: spent", "value: spent");
    try (TestProject.Open open = opened(project().define(narrower))) {
      assertThat(due(open, CRM).wanted().reason()).isEqualTo("its definition changed");
    }
  }

  @Test
  void whatHadRejectsIsRunAgainThoughNothingChanged() throws Exception {
    String wrong = TestProject.sync("crm", "guard: {required: [email]}");
    TestProject rows = project().rows("select i as id, nullif(i, 2) || '@x' as email, 1.0 as spent, date '2026-01-01' as joined_on"
        + " from range(5) r(i)");
    try (TestProject.Open open = opened(rows.define(wrong))) {
      Run first = due(open, CRM);
      assertThat(first.state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
      assertThat(due(open, CRM).wanted().reason()).contains(first.id()).contains("what failed is done again");
      TestProject.await(() -> ops.count() == 2);
      assertThat(ops.rows().values())
          .allSatisfy(fields -> assertThat(fields).contains("\"alert\":\"rejects\"").contains("1 rows were rejected"));
      assertThat(catchThrowableOfType(SextantException.class, () -> open.activations().rejectsOf("nobody")).issue().code())
          .isEqualTo(ActivationIssue.UNKNOWN_RUN);
      assertThat(open.activations().rejectsOf(first.id())).isEqualTo(new Scope.Rows(List.of("[2]")));
    }
  }

  @Test
  void whatWaitsForAnotherRunsAfterEverySuccessOfIt() throws Exception {
    String both = TestProject.sync("crm", "") + TestProject.sync("later", "schedule: {after: crm}").replace("syncs:\n", "");
    version.set(Optional.empty());
    try (TestProject.Open open = opened(project().settings(java.util.Map.of("patience", "3s")).define(both));
        Watch watch = Watch.start(open.activations(), () -> open.model().calendar().zone())) {
      assertThat(watch).isNotNull();
      open.activations().run(CRM, Scope.CHANGES);
      TestProject.await(() -> open.ended(LATER) == 1);
      open.activations().run(CRM, Scope.CHANGES);
      TestProject.await(() -> open.ended(LATER) == 2);
      Thread.sleep(600);
      assertThat(open.activations().runs().list(Optional.of(LATER), 10)).hasSize(2)
          .allSatisfy(run -> assertThat(run.wanted().trigger()).isEqualTo(Run.Trigger.UPSTREAM));
    }
  }

  /** The clock of the second server is hours ahead: nobody was there in between. */
  @Test
  void missedInstantsAreToldAndALateRunCoversThem() throws Exception {
    TestProject project = project().define(TestProject.sync("crm", "schedule: {cron: '0 * * * *'}"));
    try (TestProject.Open open = opened(project); Watch watch = Watch.start(open.activations(), () -> open.model().calendar().zone())) {
      assertThat(watch).isNotNull();
      TestProject.await(() -> scheduled(open) == 1);
      open.warehouses();
      execute(open, "update scheduled_tasks set execution_time = " + Instant.now().minus(Duration.ofHours(3)).toEpochMilli());
      TestProject.await(() -> open.ended(CRM) == 1);
      assertThat(open.activations().runs().list(Optional.of(CRM), 1).getFirst().wanted().reason()).startsWith("late: due ")
          .contains("run once for all; first run");
      TestProject.await(() -> ops.count() == 1);
      assertThat(ops.rows().values().iterator().next()).contains("\"alert\":\"missed\"");
    }
  }

  private static long scheduled(TestProject.Open open) {
    try (var connection = open.activations().source().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from scheduled_tasks")) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (java.sql.SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void execute(TestProject.Open open, String sql) {
    try (var connection = open.activations().source().getConnection(); var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aFailureIsToldAndItsLineageToo() throws Exception {
    TestProject project = project().define(TestProject.sync("crm", ""));
    String log;
    try (TestProject.Open open = opened(project)) {
      receiver.next(new Receiver.Fault(401, java.util.Map.of(), false));
      assertThat(open.activations().run(CRM, Scope.CHANGES).state()).isEqualTo(RunState.FAILED);
      TestProject.await(() -> ops.count() == 1);
      assertThat(ops.rows().values().iterator().next()).contains("\"alert\":\"failed\"").contains("\"what\":\"sync crm\"").contains("401");
      open.activations().run(CRM, Scope.CHANGES);
    }
    log = Files.readString(folder.resolve("lineage.ndjson"));
    assertThat(log.lines()).hasSize(4);
    assertThat(log.lines().toList().get(0)).contains("\"eventType\":\"START\"")
        .contains("\"name\":\"sync.crm\"")
        .contains("\"namespace\":\"tested\"")
        .contains("customers")
        .contains("webhook://there");
    assertThat(log.lines().toList().get(1)).contains("\"eventType\":\"FAIL\"").contains("401");
    assertThat(log.lines().toList().get(3)).contains("\"eventType\":\"COMPLETE\"").contains("\"rowCount\":5");
    assertThat(log).doesNotContain("c2VjcmV0");
  }

  @Test
  void anEntityIsForgotten() {
    TestProject project = project().define(TestProject.sync("crm", ""));
    try (TestProject.Open open = opened(project)) {
      open.activations().run(CRM, Scope.CHANGES);
      assertThat(open.activations().erase(new Erasure("customer", List.of("3")))).anySatisfy(line -> assertThat(line)
          .isEqualTo("sync crm: 1 acknowledged rows, 0 rejected rows"));
      assertThat(open.activations().run(CRM, Scope.CHANGES).report().counters()).containsEntry("added", 1L).containsEntry("unchanged", 4L);
    }
  }

  /** The engine names an item by its whole path, purchase__customer; the sync by what it asks for. */
  @Test
  void whatASyncAsksForComesUnderTheNamesItHasThere() {
    String purchases = """
        semantic_models:
          - name: purchases
            table: customers
            defaults: {agg_time_dimension: bought_on}
            entities: [{name: purchase, type: primary, expr: id}, {name: customer, type: foreign, expr: id}]
            dimensions: [{name: bought_on, type: time, expr: joined_on, type_params: {time_granularity: day}}]
            measures: [{name: bought, agg: sum, expr: spent, create_metric: true}]
        """;
    String sync = TestProject.sync("crm", "")
        .replace("spent", "bought")
        .replace("customer__email]", "customer__email, metric_time]")
        .replace("map: {", "map: {bought_on: metric_time, ");
    try (TestProject.Open open = opened(project().define(purchases + sync))) {
      assertThat(open.activations().run(CRM, Scope.CHANGES).report().counters()).containsEntry("accepted", 5L);
      assertThat(receiver.rows()).containsEntry("{\"customer\":2}",
          "{\"bought_on\":\"2026-01-01\",\"email\":\"2@x\",\"lifetime_value\":2.00}");
    }
  }

  @Test
  void aRunIsCancelledFromAnotherServer() throws Exception {
    receiver.slow(50);
    TestProject project = project().settings(TestDatabase.POSTGRES.settings())
        .settings(java.util.Map.of("patience", "3s"))
        .rows("select i as id, i || '@x' as email, 1.0 as spent, date '2026-01-01' as joined_on from range(100000) r(i)")
        .define(TestProject.sync("crm", ""));
    try (TestProject.Open one = opened(project); TestProject.Open two = opened(project)) {
      Run run = one.activations().start(CRM, Scope.CHANGES);
      TestProject.await(() -> receiver.count() > 0);
      two.activations().cancel(run.id());
      TestProject.await(() -> two.activations().find(run.id()).state() == RunState.CANCELLED);
      assertThat(receiver.count()).isLessThan(100000);
    }
  }

  @Test
  void configurationThatCannotWorkIsFoundBeforehand() {
    TestProject project = TestProject.in(folder)
        .section("""
        destinations:
          there: {type: hubspot, tokn: t}
        alerts:
          team: {destination: nowhere, on: [failed]}
          typos: {destination: there, on: [exploded]}
          nobody: {destination: there, for: [sync crn]}""")
        .settings(java.util.Map.of("patience", "soon"))
        .define(
            TestProject.sync("crm", "schedule: {cron: '99 99 * * *'}") + """
                feature_views:
                  - {name: seen, entity: customer, features: [{metric: spent, window: 7 days}], online: {store: local, schedule: "99 * * * *"}}
                """);
    dev.sextant.model.ModelResult.Valid valid = (dev.sextant.model.ModelResult.Valid) dev.sextant.model.load.ModelLoader.load(
        project.write(),
        java.util.Map.of());
    assertThat(ActivationChecks.issues(valid.model(), InstantSource.system()))
        .extracting(issue -> issue.position().line() + " " + issue.message())
        .anySatisfy(text -> assertThat(text).contains("no option 'tokn'. Did you mean 'token'?"))
        .anySatisfy(text -> assertThat(text).contains("sync 'crm' has the schedule '99 99 * * *'"))
        .anySatisfy(text -> assertThat(text).contains("feature view 'seen' has the schedule '99 * * * *'"))
        .anySatisfy(text -> assertThat(text).contains("Alert 'team' names the destination 'nowhere'"))
        .anySatisfy(text -> assertThat(text).contains("Alert 'typos' in sextant.yml knows no 'exploded'"))
        .anySatisfy(text -> assertThat(text).contains("is for 'sync crn', which nothing defines. Did you mean 'sync crm'?"))
        .anySatisfy(text -> assertThat(text).contains("runs.patience").contains("'soon'"))
        .hasSize(8);
  }
}
