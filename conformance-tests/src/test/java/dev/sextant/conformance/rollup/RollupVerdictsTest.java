// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunState;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.model.SextantException;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Why a rollup answers or does not, and what a build changes. */
class RollupVerdictsTest {
  private static final Caller GERMAN_TEAM = new Caller("anna", List.of("analyst_de"));

  @TempDir private static Path folder;
  private static RolledUpShop shop;

  @BeforeAll
  static void open() throws Exception {
    Path project = ProjectFolders.copy("retail", folder);
    ShopRollups.into(project);
    shop = new RolledUpShop(project, InstantSource.system());
    List.of("lines_weekly", "lines_in_germany", "orders_daily", "orders_exact", "lines_daily", "lines_by_tag", "visits_weekly",
        "lines_stale")
        .forEach(name -> assertThat(shop.build(name).state()).isEqualTo(RunState.SUCCEEDED));
    shop.buildPart("lines_partly");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  private static String verdicts(MetricQuery query) {
    return verdicts(query, Caller.ANONYMOUS);
  }

  private static String verdicts(MetricQuery query, Caller caller) {
    return shop.with()
        .explain(query, caller)
        .stages()
        .stream()
        .filter(stage -> stage.name().equals("rollups"))
        .map(Explanation.Stage::text)
        .findFirst()
        .orElse("");
  }

  private static void sameAnswer(MetricQuery query, Caller caller) {
    assertThat(new TableDifference(1e-9, false).between(answer(shop.without(), query, caller), answer(shop.with(), query, caller)))
        .isEmpty();
  }

  private static Table answer(QueryEngine engine, MetricQuery query, Caller caller) {
    try (QueryResult result = engine.run(query, caller, QueryControl.unlimited("test"))) {
      return ArrowTables.read(result);
    }
  }

  private static MetricQuery requiring(MetricQuery query) {
    return query.withOptions(new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.USE, MetricQuery.RollupUse.REQUIRE));
  }

  @Test
  void semanticSqlThatMustReadRollupsReadsNothingElse() {
    MetricQuery.Options required = new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.USE, MetricQuery.RollupUse.REQUIRE);
    String rolledUp = "select * from {{ semantic_layer.query(metrics=['orders'], group_by=['order__channel', 'metric_time__day']) }} q";
    try (QueryResult answer = shop.sql()
        .run(new SqlQuery(rolledUp, List.of(), OptionalLong.empty(), required), Caller.ANONYMOUS,
            QueryControl.unlimited("test"))) {
      assertThat(answer.facts().notes().get("rollup")).isEqualTo("orders_daily");
    }
    shop.sql().plan(new SqlQuery("select 1", List.of(), OptionalLong.empty(), required), Caller.ANONYMOUS);
    for (String rows : List.of("select count(*) from orders", rolledUp + " join (select count(*) n from orders) r on true",
        "select * from {{ semantic_layer.query(metrics=['orders'], group_by=['order__channel', 'metric_time__hour']) }} q")) {
      assertThatThrownBy(() -> shop.sql().plan(new SqlQuery(rows, List.of(), OptionalLong.empty(), required), Caller.ANONYMOUS))
          .isInstanceOf(SextantException.class)
          .hasMessageContaining("no rollup answers all of this question");
    }
  }

  @Test
  void weeksDoNotTileMonths() {
    MetricQuery monthly = MetricQuery.of(List.of("gross_revenue"), List.of("product__brand", "metric_time__month"));
    assertThat(verdicts(monthly)).contains("reject lines_weekly: WEEK does not tile MONTH")
        .contains("reject lines_monthly_local: it is not built");
    assertThat(verdicts(MetricQuery.of(List.of("gross_revenue"), List.of("product__brand", "metric_time__week"))))
        .startsWith("use lines_weekly");
  }

  @Test
  void aRollupOfGermanyAnswersQuestionsAboutGermanyOnly() {
    MetricQuery all = MetricQuery.of(List.of("revenue"), List.of("order__channel", "product__category", "metric_time__day"));
    assertThat(verdicts(all)).contains("reject lines_in_germany: it has only rows with customer__country = 'DE'");
    assertThat(verdicts(all.withWhere(List.of("customer__country = 'DE'")))).startsWith("use lines_in_germany");
    sameAnswer(all.withWhere(List.of("customer__country = 'DE'")), Caller.ANONYMOUS);
  }

  @Test
  void distinctCountsAreGoodForTheGroupsOfTheRollup() {
    MetricQuery same = MetricQuery.of(List.of("buyers"), List.of("customer__country", "metric_time__month"));
    assertThat(verdicts(same)).startsWith("use orders_exact");
    assertThat(verdicts(MetricQuery.of(List.of("buyers"), List.of("metric_time__month"))))
        .contains("reject orders_exact: buyers does not merge, and the groups also tell customer__country apart");
    sameAnswer(same, Caller.ANONYMOUS);
  }

  @Test
  void groupsThatTheRollupHasAreReadAsTheyAre() {
    List<String> metrics = List.of("revenue", "units", "average_unit_price");
    MetricQuery same = MetricQuery.of(metrics, List.of("customer__country", "customer__segment", "product__category", "metric_time__day"));
    MetricQuery coarser = MetricQuery.of(metrics, List.of("customer__country", "customer__segment", "metric_time__day"));
    assertThat(shop.with().explain(same, Caller.ANONYMOUS).toString()).contains("use lines_daily").doesNotContain("GROUP BY");
    assertThat(shop.with().explain(coarser, Caller.ANONYMOUS).toString()).contains("use lines_daily").contains("GROUP BY");
    sameAnswer(same.withWhere(List.of("customer__segment <> 'business'")), Caller.ANONYMOUS);
    sameAnswer(coarser, Caller.ANONYMOUS);
  }

  @Test
  void aRowThatIsRepeatedUnderSeveralTagsIsAskedForByTag() {
    assertThat(verdicts(MetricQuery.of(List.of("units"), List.of("tag__tag_group", "metric_time__month")))).startsWith("use lines_by_tag");
    assertThat(verdicts(MetricQuery.of(List.of("units"), List.of("metric_time__month"))))
        .contains("reject lines_by_tag: a row has many values of tag__tag_group, and each value is a group of its own");
  }

  @Test
  void daysOfTheProjectAreNotThoseOfAnotherZone() {
    MetricQuery plain = MetricQuery.of(List.of("orders"), List.of("order__channel", "metric_time__day"));
    MetricQuery zoned = new MetricQuery(plain.metrics(), plain.groupBy(), List.of(), List.of(), List.of(), OptionalLong.empty(),
        OptionalLong.empty(), Optional.empty(), Optional.of("Asia/Kolkata"), Optional.empty(), plain.mode(), plain.extras(),
        plain.options());
    assertThat(verdicts(plain)).startsWith("use orders_daily");
    assertThat(verdicts(zoned)).contains("reject orders_daily: its days are those of UTC, not of Asia/Kolkata");
  }

  @Test
  void whatIsNotBuiltIsReadFromTheDataset() {
    MetricQuery query = MetricQuery.of(List.of("cost"), List.of("customer__segment", "metric_time__month"));
    assertThat(verdicts(query)).contains("use lines_partly");
    assertThat(shop.with().explain(query, Caller.ANONYMOUS).toString()).contains("UNION ALL")
        .contains("\"partly\"")
        .contains("order_items");
    sameAnswer(query, Caller.ANONYMOUS);
  }

  @Test
  void policiesApplyToRowsThatWereRolledUp() {
    MetricQuery orders = MetricQuery.of(List.of("orders"), List.of("customer__country", "order__channel"));
    assertThat(verdicts(orders, GERMAN_TEAM)).startsWith("use orders_daily");
    sameAnswer(orders, GERMAN_TEAM);
    MetricQuery brands = MetricQuery.of(List.of("gross_revenue"), List.of("product__brand", "metric_time__week"));
    assertThat(verdicts(brands, GERMAN_TEAM)).contains("reject lines_weekly: it does not keep customer__country, which a policy needs");
    sameAnswer(brands, GERMAN_TEAM);
  }

  @Test
  void aQuestionThatRequiresARollupIsRefusedWithoutOne() {
    MetricQuery fits = MetricQuery.of(List.of("orders"), List.of("order__channel"));
    assertThat(answer(shop.with(), requiring(fits), Caller.ANONYMOUS).rows()).isNotEmpty();
    assertThatThrownBy(
        () -> answer(shop.with(), requiring(MetricQuery.of(List.of("orders"), List.of("order__order_size"))), Caller.ANONYMOUS))
            .isInstanceOf(SextantException.class)
            .hasMessageContaining("no rollup answers all of this question")
            .hasMessageContaining("it does not keep order__order_size");
  }

  @Test
  void theSecondBuildOfPartitionsTakesOverTheFirst() {
    BuiltRollup first = shop.find("lines_daily").orElseThrow();
    MetricQuery query = MetricQuery.of(List.of("revenue", "average_unit_price"), List.of("customer__country", "metric_time__month"));
    PlannedQuery before = shop.with().plan(query, Caller.ANONYMOUS);
    Run again = shop.build("lines_daily");
    assertThat(again.report().count("incremental")).isEqualTo(1);
    BuiltRollup second = shop.find("lines_daily").orElseThrow();
    assertThat(second.tables().getFirst().rows()).isEqualTo(first.tables().getFirst().rows());
    assertThat(before.isCurrent()).isFalse();
    assertThat(shop.with().plan(query, Caller.ANONYMOUS).statements()).isNotEqualTo(before.statements());
    sameAnswer(query, Caller.ANONYMOUS);
  }

  @Test
  void aStaleRollupIsNotRead() {
    MetricQuery query = MetricQuery.of(List.of("revenue"), List.of("product__category", "metric_time__day"));
    BuiltRollup built = shop.find("lines_stale").orElseThrow();
    shop.replace(new BuiltRollup(built.id(), built.rollup(), built.definition(), built.tables(), Optional.empty(), Optional.empty(),
        built.asOf().minus(Duration.ofHours(3))));
    assertThat(verdicts(query)).contains("reject lines_stale: it is stale");
  }
}
