// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.script.QueryText;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.server.boot.OpenProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long the way from a question to SQL takes, without any cache, and beside DuckDB's own planning of the SQL we write. */
final class CompileBench {
  private static final int WARM_UPS = 500;
  private static final int ROUNDS = 300;

  private CompileBench() {}

  static void run() throws Exception {
    shapes();
    sizes();
  }

  /** Questions of different width over a model of 20 datasets. */
  private static void shapes() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    try (OpenProject project = open(folder, 20)) {
      MetricQuery one = MetricQuery.of(List.of("m0_0"), List.of("e0__kind_0"));
      MetricQuery five = MetricQuery.of(metrics(0, 5), List.of("e0__kind_0", "e1__kind_1", "e1__e2__kind_2"))
          .withWhere(List.of("e0__name_0 <> 'x'", "metric_time >= '2026-01-01'"));
      MetricQuery eighty = MetricQuery.of(IntStream.range(0, 8).boxed().flatMap(fact -> metrics(fact, 10).stream()).toList(),
          List.of("metric_time__month", "e8__kind_8"));
      String first = "1 metric x 1 dimension";
      new Race("Compile a question, from its names to SQL (model of 20 datasets)").baseline(first, compile(project, one))
          .against(first, "5 metrics x 3 joined dimensions, filtered", compile(project, five))
          .against(first, "80 metrics of 8 facts x 2 dimensions", compile(project, eighty))
          .run(WARM_UPS, ROUNDS);
      windows(project, one);
      beside(project, one, "1 metric");
      beside(project, five, "5 metrics");
      beside(project, eighty, "80 metrics");
    }
    delete(folder);
  }

  /** Metrics over time beside a plain one. */
  private static void windows(OpenProject project, MetricQuery one) throws Exception {
    String first = "1 metric x 1 dimension";
    List<String> items = List.of("metric_time__month", "e0__kind_0");
    new Race("Compile metrics over time").baseline(first, compile(project, one))
        .against(first, "a trailing window", compile(project, MetricQuery.of(List.of("last30_0"), items)))
        .against(first, "a metric beside that of a month ago", compile(project, MetricQuery.of(List.of("m0_0", "growth_0"), items)))
        .against(first, "a month beside the year before (compare)",
            compile(project, QueryText.parse("query m0_0 by metric_time__month, e0__kind_0 compare 1 year")))
        .against(first, "16 windowed metrics of 8 facts", compile(project, MetricQuery.of(
            IntStream.range(0, 8).boxed().flatMap(fact -> Stream.of("last30_" + fact, "growth_" + fact)).toList(),
            List.of("metric_time__month", "e8__kind_8"))))
        .run(WARM_UPS, ROUNDS);
  }

  /** DuckDB plans each question's SQL again, whatever wrote it; what we add is told as a share of that. */
  private static void beside(OpenProject project, MetricQuery query, String name) throws Exception {
    String baseline = "DuckDB plans the SQL of " + name;
    new Race("Compiling beside planning").baseline(baseline, plan(project, query))
        .against(baseline, "we compile " + name, compile(project, query))
        .run(10, 40);
  }

  /** The same question over models of different size. */
  private static void sizes() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    MetricQuery query = MetricQuery.of(metrics(0, 3), List.of("e0__kind_0", "metric_time__month"));
    try (OpenProject small = open(folder.resolve("10"), 10); OpenProject middle = open(folder.resolve("100"), 100);
        OpenProject large = open(folder.resolve("1000"), 1000)) {
      new Race("Compile 3 metrics x 2 dimensions in models of different size")
          .baseline("10 datasets", compile(small, query))
          .against("10 datasets", "100 datasets", compile(middle, query))
          .against("10 datasets", "1,000 datasets", compile(large, query))
          .run(WARM_UPS, ROUNDS);
    }
    delete(folder);
  }

  private static OpenProject open(Path folder, int datasets) throws IOException {
    return OpenProject.once(SyntheticProject.write(folder, datasets), Map.of(), InstantSource.system());
  }

  private static List<String> metrics(int fact, int count) {
    return IntStream.range(0, count).mapToObj(measure -> "m" + fact + "_" + measure).toList();
  }

  /** Warming up compiles and forgets; explaining once before shows that the question compiles at all. */
  private static Race.Work compile(OpenProject project, MetricQuery query) {
    DefaultQueryEngine engine = new DefaultQueryEngine(() -> project.model().model(), project.warehouses());
    engine.explain(query, Caller.ANONYMOUS);
    return () -> engine.warmUp(query);
  }

  private static Race.Work plan(OpenProject project, MetricQuery query) {
    QueryFacts.Statement statement;
    try (QueryResult result = project.engine().run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      statement = result.facts().statements().getFirst();
    }
    String explain = "explain " + statement.sql();
    return () -> {
      try (ArrowBatches batches = project.warehouses().apply(statement.warehouse()).run(explain, QueryControl.unlimited("bench"))) {
        drain(batches);
      }
    };
  }

  static long drain(ArrowBatches batches) {
    long rows = 0;
    while (batches.loadNext()) {
      rows += batches.root().getRowCount();
    }
    return rows;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
