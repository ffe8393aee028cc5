// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.LoggedQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.RollupAdvice;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.advice.RollupAdvisor;
import dev.sextant.query.advice.RowCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Rollups that are proposed for a log are declared as they are printed, built, and answer the questions they were proposed for. */
class RollupAdviceTest {
  private static final List<String> HELD = List.of(
      "query revenue by product__category, metric_time__month",
      "query revenue, units by product__category, metric_time__year where product__category <> 'Shoes'",
      "query revenue by metric_time__quarter from 2024-01-01 to 2024-12-31",
      "query average_unit_price by product__category, metric_time__month",
      "query orders by customer__country, metric_time__week",
      "query average_order_value by metric_time__month where customer__country = 'DE'");
  private static final List<String> OPEN = List.of(
      "query revenue by order, product__brand",
      "query revenu by product__category");

  @TempDir private Path folder;

  @Test
  void proposedRollupsAnswerTheQuestions() throws Exception {
    Path project = ProjectFolders.copy("retail", folder);
    Files.writeString(project.resolve("models/rollups.yml"), "rollups: []\n");
    RollupAdvice advice;
    try (RolledUpShop shop = new RolledUpShop(project, InstantSource.system())) {
      advice = advice(shop);
    }
    assertThat(advice.asked()).isEqualTo(10 * HELD.size() + OPEN.size());
    assertThat(advice.answered()).isZero();
    assertThat(advice.foreign()).as("what does not bind").isEqualTo(1);
    assertThat(advice.proposals().stream().mapToDouble(RollupAdvice.Proposal::questions).sum()).as(advice.yaml()).isGreaterThan(0.9);
    assertThat(advice.proposals().stream().mapToDouble(RollupAdvice.Proposal::rows).sum()).isBetween(0.5, 1.0);
    assertThat(advice.proposals()).as(advice.yaml()).allMatch(proposal -> proposal.rows() > 0);

    Files.writeString(project.resolve("models/rollups.yml"), advice.yaml());
    try (RolledUpShop shop = new RolledUpShop(project, InstantSource.system())) {
      assertThat(shop.rollups()).hasSizeLessThan(HELD.size());
      shop.buildAll();
      for (String text : HELD) {
        MetricQuery query = QueryText.parse(text);
        try (QueryResult with = run(query.withOptions(required()), shop, true); QueryResult without = run(query, shop, false)) {
          assertThat(new TableDifference(1e-9, false).between(ArrowTables.read(without), ArrowTables.read(with))).as(text).isEmpty();
        }
      }
      assertThat(advice(shop).answered()).as("asked again").isEqualTo(10L * HELD.size());
    }
  }

  private static MetricQuery.Options required() {
    return new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.OFF, MetricQuery.RollupUse.REQUIRE);
  }

  private static QueryResult run(MetricQuery query, RolledUpShop shop, boolean rollups) {
    return (rollups ? shop.with() : shop.without()).run(query, Caller.ANONYMOUS, QueryControl.unlimited("asked"));
  }

  private static RollupAdvice advice(RolledUpShop shop) {
    List<LoggedQuery> log = new java.util.ArrayList<>();
    HELD.forEach(text -> log.add(new LoggedQuery(QueryText.parse(text), 10, Duration.ofSeconds(1))));
    OPEN.forEach(text -> log.add(new LoggedQuery(QueryText.parse(text), 1, Duration.ofSeconds(1))));
    SemanticModel model = shop.model();
    RowCounts counts = new RowCounts(shop.without(), Caller.ANONYMOUS, dataset -> rows(dataset, shop));
    return new RollupAdvisor(model, counts, Caller.ANONYMOUS).advise(log, 5);
  }

  private static long rows(String dataset, RolledUpShop shop) {
    try (ArrowBatches batches = shop.sql()
        .run(SqlQuery.of("select count(*) from \"" + dataset + "\""), Caller.ANONYMOUS, QueryControl.unlimited("rows"))) {
      return batches.loadNext() && batches.root().getVector(0).getObject(0) instanceof Number rows ? rows.longValue() : 0;
    }
  }
}
