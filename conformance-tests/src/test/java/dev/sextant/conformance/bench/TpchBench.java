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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Thirty questions to TPC-H: each against the SQL a person would write for it, over the tables and, where rollups hold what it asks for, over
 * those, which must have the same rows; then all of them at once, by 1, 8 and 32 clients over HTTP, unless {@code -Dalone=true}. {@code -Dscale=10}
 * asks 60 million lines, 1 by default; the data is made once. The results are printed and written to {@code docs/benchmarks}.
 */
final class TpchBench {
  private static final double SCALE = Double.parseDouble(System.getProperty("scale", "1"));
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  /** What takes milliseconds takes turns so many times as often. */
  private static final int SHORT_ROUNDS = 10;
  private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("seconds", 8));
  private static final List<Integer> CLIENTS = List.of(1, 8, 32);
  private static final Path DOCS = Path.of("../docs/benchmarks");

  private final List<TpchQuestion> questions;
  private final TpchReport report;

  private TpchBench(List<TpchQuestion> questions) {
    this.questions = questions;
    this.report = new TpchReport(SCALE, ROUNDS);
  }

  static void run() throws Exception {
    Path project = ProjectFolders.copyWritten("tpch", Path.of("target/bench/tpch-" + scaleText()));
    makeData(project.resolve("tpch.duckdb"));
    TpchBench bench = new TpchBench(TpchQuestion.all());
    try (OpenProject open = OpenProject.once(project, Map.of(), InstantSource.system())) {
      bench.latency(open);
    }
    bench.tell();
    if (!Boolean.getBoolean("alone")) {
      bench.load(project);
      bench.tell();
    }
  }

  private void tell() throws IOException {
    System.out.println(report.markdown());
    if (!Boolean.getBoolean("dry")) {
      report.write(DOCS, "tpch-" + scaleText());
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
    RolledUpByHand rollups = RolledUpByHand.over(project);
    for (TpchQuestion question : questions) {
      agree(question.byHand(), question.fresh(), question.title(), project);
      MetricQuery kept = question.asked(CacheUse.USE, RollupUse.OFF);
      Race race = new Race(question.title()).baseline("by hand", () -> drain(question.byHand(), project))
          .against("by hand", "asked", () -> ask(question.fresh(), project))
          .against("by hand", "kept", () -> ask(kept, project));
      race.run(2, ROUNDS);
      Optional<TpchReport.RolledUp> rolledUp = Optional.empty();
      if (rollups.of(question).isPresent()) {
        rolledUp = Optional.of(rolledUp(question, rollups.of(question).get(), race, project));
      }
      report.latency(new TpchReport.Latency(question.title(), race.median("by hand"), race.median("asked"), race.ratio("asked"),
          race.ratioOfProcessors("asked"), race.median("kept"), rolledUp));
    }
  }

  private static TpchReport.RolledUp rolledUp(TpchQuestion question, String byHand, Race tables, OpenProject project) throws Exception {
    MetricQuery routed = question.asked(CacheUse.OFF, RollupUse.USE);
    agree(byHand, routed, question.title() + " from rollups", project);
    Race race = new Race(question.title() + " From rollups.").baseline("by hand", () -> drain(byHand, project))
        .against("by hand", "asked", () -> ask(routed, project));
    race.run(2 * SHORT_ROUNDS, ROUNDS * SHORT_ROUNDS);
    double took = race.median("asked");
    return new TpchReport.RolledUp(race.median("by hand"), took, race.ratio("asked"), tables.median("by hand") / took,
        tables.median("asked") / took);
  }

  private static void agree(String sql, MetricQuery query, String what, OpenProject project) {
    try (ArrowBatches byHand = byHand(sql, project);
        QueryResult asked = project.engine().run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      if (Boolean.getBoolean("show.sql")) {
        System.out.println(asked.facts().statements().getFirst().sql());
      }
      boolean mayUse = query.options().rollups() == RollupUse.USE;
      if (mayUse != asked.facts().notes().containsKey("rollup")) {
        throw new IllegalStateException(what + ": it reads " + asked.facts().notes().getOrDefault("rollup", "no rollup"));
      }
      Table expected = ArrowTables.read(byHand);
      new TableDifference(1e-9, false).between(expected, ArrowTables.read(asked)).ifPresent(difference -> {
        throw new IllegalStateException(what + ": " + difference);
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
    try (OpenProject open = OpenProject.once(project, Map.of(), InstantSource.system())) {
      load("by hand, without a server", new Load(questions.size(), () -> new ByHand(open)));
    }
    load("from the tables", CacheUse.OFF, RollupUse.OFF, project);
    load("from rollups where they fit", CacheUse.OFF, RollupUse.USE, project);
    load("from the cache", CacheUse.USE, RollupUse.OFF, project);
  }

  private void load(String from, CacheUse cache, RollupUse rollups, Path project) throws Exception {
    List<MetricQuery> asked = questions.stream().map(question -> question.asked(cache, rollups)).toList();
    try (SextantServer server = SextantServer.start(project, Map.of(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      load(from, new Load(asked.size(), HttpClients.of(server.httpPort(), asked)).warmedUp());
    }
  }

  private void load(String from, Load load) throws Exception {
    for (int clients : CLIENTS) {
      report.load(new TpchReport.Load(from, clients, load.run(clients, LOAD)));
    }
  }

  /** Runs the SQL that a person would write, in this process. */
  private final class ByHand implements Load.Client {
    private final OpenProject project;

    ByHand(OpenProject project) {
      this.project = project;
    }

    @Override
    public boolean ask(int question) {
      drain(questions.get(question).byHand(), project);
      return true;
    }

    @Override
    public void close() {}
  }
}
