// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.examples.tpch.TpchData;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Thirty questions to TPC-H: each against the SQL a person would write for it, which must have the same rows; then all of them at once, by 1,
 * 8 and 32 clients over HTTP. {@code -Dscale=10} asks 60 million lines, 1 by default; the data is made once. The results are printed and
 * written to {@code docs/benchmarks}.
 */
final class TpchBench {
  private static final double SCALE = number("scale", 1);
  private static final int ROUNDS = (int) number("rounds", 5);
  private static final Duration LOAD = Duration.ofSeconds((long) number("seconds", 8));
  private static final List<Integer> CLIENTS = List.of(1, 8, 32);
  private static final Path DOCS = Path.of("../docs/benchmarks");

  private final List<TpchQuestion> questions;
  private final TpchReport report;

  private TpchBench(List<TpchQuestion> questions) {
    this.questions = questions;
    this.report = new TpchReport(SCALE, ROUNDS);
  }

  private static double number(String property, double otherwise) {
    String text = System.getProperty(property, "");
    return text.isBlank() ? otherwise : Double.parseDouble(text);
  }

  static void run() throws Exception {
    Path project = ProjectFolders.copyWritten("tpch", Path.of("target/bench/tpch-" + scaleText()));
    makeData(project.resolve("tpch.duckdb"));
    TpchBench bench = new TpchBench(TpchQuestion.all());
    try (OpenProject open = OpenProject.once(project, Map.of(), InstantSource.system())) {
      bench.latency(open);
    }
    bench.load(project);
    System.out.println(bench.report.markdown());
    if (!Boolean.getBoolean("dry")) {
      bench.report.write(DOCS, "tpch-" + scaleText());
    }
  }

  private static String scaleText() {
    return SCALE == Math.rint(SCALE) ? String.valueOf((long) SCALE) : String.valueOf(SCALE);
  }

  private static void makeData(Path file) throws IOException, SQLException {
    if (!Files.exists(file)) {
      long started = System.nanoTime();
      TpchData.write(file, SCALE);
      System.out.printf("TPC-H at scale %s was made in %d s%n", scaleText(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }
  }

  private void latency(OpenProject project) throws Exception {
    for (TpchQuestion question : questions) {
      agree(question, project);
      MetricQuery kept = question.asked(CacheUse.USE, RollupUse.OFF);
      Race race = new Race(question.title()).baseline("by hand", () -> drain(question.byHand(), project))
          .against("by hand", "asked", () -> ask(question.fresh(), project))
          .against("by hand", "kept", () -> ask(kept, project));
      race.run(2, ROUNDS);
      report.latency(new TpchReport.Latency(question.title(), race.median("by hand"), race.median("asked"), race.ratio("asked"),
          race.median("kept")));
    }
  }

  private static void agree(TpchQuestion question, OpenProject project) {
    try (ArrowBatches byHand = byHand(question.byHand(), project);
        QueryResult asked = project.engine().run(question.fresh(), Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      if (Boolean.getBoolean("show.sql")) {
        System.out.println(asked.facts().statements().getFirst().sql());
      }
      Table expected = ArrowTables.read(byHand);
      new TableDifference(1e-9, false).between(expected, ArrowTables.read(asked)).ifPresent(difference -> {
        throw new IllegalStateException(question.title() + ": " + difference);
      });
    }
  }

  private static ArrowBatches byHand(String sql, OpenProject project) {
    return project.warehouses().apply("main").run(sql, QueryControl.unlimited("bench"));
  }

  private static void drain(String sql, OpenProject project) {
    try (ArrowBatches batches = byHand(sql, project)) {
      CompileBench.drain(batches);
    }
  }

  private static void ask(MetricQuery query, OpenProject project) {
    try (QueryResult result = project.engine().run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      CompileBench.drain(result);
    }
  }

  private void load(Path project) throws Exception {
    for (CacheUse cache : List.of(CacheUse.OFF, CacheUse.USE)) {
      List<MetricQuery> asked = new ArrayList<>();
      questions.forEach(question -> asked.add(question.asked(cache, RollupUse.OFF)));
      try (SextantServer server = SextantServer.start(project, Map.of(),
          config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
        HttpLoad load = new HttpLoad(server.httpPort(), asked);
        load.askEach();
        for (int clients : CLIENTS) {
          report.load(new TpchReport.Load(cache == CacheUse.OFF ? "from the tables" : "from the cache", clients, load.run(clients, LOAD)));
        }
      }
    }
  }
}
