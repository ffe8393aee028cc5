// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivitySource.Erasure;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.engine.DefaultSqlEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  /** Another server, or a question that was planned before, may still know a table that an erasure dropped. */
  @Test
  void whatWasPlannedOnAForgottenRollupIsAnsweredFromTheRows() {
    TestProject project = TestProject.in(folder)
        .define("rollups: [{name: spending, metrics: [spent], dimensions: [customer, customer__email]}]");
    try (TestProject.Open open = TestProject.open(project.write())) {
      open.activations().run(SPENDING, Scope.CHANGES);
      RollupCatalog stale = new Stale(open.activations().rollups().find("spending").orElseThrow());
      DefaultQueryEngine metrics = new DefaultQueryEngine(open::model, open.warehouses(), stale, InstantSource.system());
      DefaultSqlEngine sql = new DefaultSqlEngine(open::model, open.warehouses(), stale, InstantSource.system());
      MetricQuery question = MetricQuery.of(List.of("spent"), List.of("customer"));
      SqlQuery statement = SqlQuery.of("select customer, measure(spent) as spent from metrics group by 1");
      PlannedQuery early = metrics.plan(question, Caller.ANONYMOUS);
      PlannedQuery earlySql = sql.plan(statement, Caller.ANONYMOUS);
      MetricQuery.Options must = new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.USE, MetricQuery.RollupUse.REQUIRE);
      PlannedQuery demanding = metrics.plan(question.withOptions(must), Caller.ANONYMOUS);
      assertThat(told(early.run(QueryControl.unlimited("before")))).isEqualTo("5 rows of spending");
      assertThat(told(earlySql.run(QueryControl.unlimited("before")))).isEqualTo("5 rows of spending");
      open.activations().erase(new Erasure("customer", List.of("3")));
      assertThat(told(early.run(QueryControl.unlimited("after")))).isEqualTo("5 rows of the source");
      assertThat(told(earlySql.run(QueryControl.unlimited("after")))).isEqualTo("5 rows of the source");
      assertThat(told(metrics.run(question, Caller.ANONYMOUS, QueryControl.unlimited("new")))).isEqualTo("5 rows of the source");
      assertThat(told(sql.run(statement, Caller.ANONYMOUS, QueryControl.unlimited("new")))).isEqualTo("5 rows of the source");
      assertThatThrownBy(() -> demanding.run(QueryControl.unlimited("after")))
          .hasMessageContaining("no rollup answers all of this question");
    }
  }

  private static String told(QueryResult answer) {
    try (answer) {
      int rows = 0;
      while (answer.loadNext()) {
        rows += answer.root().getRowCount();
      }
      return rows + " rows of " + answer.facts().notes().getOrDefault("rollup", "the source");
    }
  }

  /** Says of one build that it serves, for ever. */
  private record Stale(BuiltRollup build) implements RollupCatalog {
    @Override
    public Optional<BuiltRollup> find(String rollup) {
      return Optional.of(build).filter(one -> one.rollup().equals(rollup));
    }

    @Override
    public long version() {
      return 1;
    }
  }
}
