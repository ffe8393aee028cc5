// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.examples.retail.RetailData;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.engine.DefaultQueryEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What routing costs among 1,000 rollups, and what reading a rollup saves. */
public final class RollupBench {
  private static final int MANY = 1_000;
  private static final int ROUNDS = 60;
  private static final int LARGE = Integer.getInteger("retail.scale", 10);
  private static final MetricQuery QUERY = MetricQuery.of(List.of("revenue"), List.of("product__brand", "metric_time__month"));

  private RollupBench() {}

  public static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-rollups");
    routing(ProjectFolders.copy("retail", folder.resolve("many")));
    answers(folder.resolve("large"));
  }

  private static void routing(Path project) throws Exception {
    StringBuilder yaml = new StringBuilder("rollups:\n");
    for (int i = 0; i < MANY; i++) {
      yaml.append("  - {name: r")
          .append(i)
          .append(", metrics: [revenue, units], grain: month, dimensions: [product__")
          .append(i % 2 == 0 ? "brand" : "category")
          .append(", customer__")
          .append(i % 3 == 0 ? "country" : "segment")
          .append("]}\n");
    }
    Files.writeString(project.resolve("models/rollups.yml"), yaml);
    try (RolledUpShop shop = new RolledUpShop(project, InstantSource.system())) {
      shop.build("r0");
      BuiltRollup built = shop.find("r0").orElseThrow();
      for (int i = 0; i < MANY; i++) {
        String name = "r" + i;
        shop.replace(new BuiltRollup(name, name, shop.planner().definition(shop.definition(name)), built.tables(), Optional.empty(),
            Optional.empty(), built.asOf()));
      }
      double without = median(() -> shop.without().plan(QUERY, Caller.ANONYMOUS));
      double with = median(() -> shop.with().plan(QUERY, Caller.ANONYMOUS));
      System.out.printf(
          "planning without rollups %.3f ms, with %d that concern the question %.3f ms: %.3f ms for routing and the other plan%n",
          without, MANY, with, with - without);
    }
  }

  private static void answers(Path target) throws Exception {
    Path project = ProjectFolders.copyWritten("retail", target);
    RetailData.write(project.resolve("data"), RetailData.DEFAULT_SEED, LARGE);
    ShopRollups.into(project);
    try (RolledUpShop shop = new RolledUpShop(project, InstantSource.system())) {
      shop.build("lines_daily");
      MetricQuery query = MetricQuery.of(List.of("revenue"), List.of("product__category", "metric_time__month"));
      BuiltRollup.Table table = shop.find("lines_daily").orElseThrow().tables().getFirst();
      String byHand = "select product__category, date_trunc('month', metric_time) as m, sum(revenue) from sextant_rollups.\""
          + table.source().name()
          + "\" group by 1, 2";
      double base = median(() -> read(shop.without(), query));
      double rollup = median(() -> read(shop.with(), query));
      double hand = median(() -> read(shop.warehouses().apply(table.warehouse()).run(byHand, QueryControl.unlimited("hand"))));
      System.out.printf(
          "monthly revenue by category at scale %d (rollup of %d rows): tables %.2f ms, rollup %.2f ms, by hand on the rollup %.2f ms;"
              + " %.1f times faster, %.2f times by hand%n",
          LARGE, table.rows(), base, rollup, hand, base / rollup, rollup / hand);
    }
  }

  private static long read(DefaultQueryEngine engine, MetricQuery query) {
    return read(engine.run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench")));
  }

  private static long read(ArrowBatches batches) {
    long rows = 0;
    try (batches) {
      while (batches.loadNext()) {
        rows += batches.root().getRowCount();
      }
    }
    return rows;
  }

  private static double median(Runnable work) {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < 2 * ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      times[i % ROUNDS] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }
}
