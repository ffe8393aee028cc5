// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.conformance.script.Script;
import dev.sextant.conformance.script.ScriptParser;
import dev.sextant.examples.retail.RetailData;
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
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Questions to the web shop with 10 million order lines: our SQL against the SQL a person would write, which must have the same rows; another
 * way to write it, where one is given, runs once for contrast. {@code -Dscale=1} asks a small one. The data is kept for the next time.
 */
final class ExecutionBench {
  private static final int SCALE = Integer.getInteger("scale", 134);
  private static final int ROUNDS = Integer.getInteger("rounds", 7);
  private static final Path SHOP = Path.of("target/bench/retail-" + SCALE);

  private final OpenProject project;
  private final DefaultQueryEngine engine;
  private final List<Double> ratios = new ArrayList<>();
  private final List<Double> processors = new ArrayList<>();

  private ExecutionBench(OpenProject project) {
    this.project = project;
    this.engine = new DefaultQueryEngine(() -> project.model().model(), project.warehouses());
  }

  /** Runs the questions of a file in {@code bench}. */
  static void run(String questions) throws Exception {
    Path shop = ProjectFolders.copyWritten("retail", SHOP);
    makeData(shop.resolve("data"));
    Script script = ScriptParser.parse(questions, Files.readString(Path.of("bench", questions)));
    try (OpenProject project = OpenProject.once(shop, Map.of(), InstantSource.system())) {
      ExecutionBench bench = new ExecutionBench(project);
      for (Script.Part part : script.parts()) {
        if (part instanceof Script.Ask ask) {
          List<String> written = ask.directives().stream().map(directive -> String.join("\n", directive.body())).toList();
          bench.race(String.join(" ", ask.text()), written.getFirst());
          written.stream().skip(1).forEach(bench::once);
        }
      }
      System.out.printf("%nGeometric mean over %d questions: %.2f on the wall, %.2f of CPU%n", bench.ratios.size(),
          geometricMean(bench.ratios), geometricMean(bench.processors));
    }
  }

  private static double geometricMean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  private static void makeData(Path data) throws IOException, SQLException {
    if (!Files.exists(data.resolve("made"))) {
      RetailData.write(data, RetailData.DEFAULT_SEED, SCALE);
      Files.createFile(data.resolve("made"));
    }
  }

  private void race(String text, String byHand) throws Exception {
    String ours = sqlOf(QueryText.parse(text));
    new TableDifference(1e-9, false).between(rows(byHand), rows(ours)).ifPresent(difference -> {
      throw new IllegalStateException(text + ": " + difference);
    });
    if (Boolean.getBoolean("show.sql")) {
      System.out.println("\n" + ours);
    }
    Race race = new Race(text).baseline("written by hand", () -> drain(byHand)).against("written by hand", "ours", () -> drain(ours));
    race.run(1, ROUNDS);
    ratios.add(race.ratio("ours"));
    processors.add(race.ratioOfProcessors("ours"));
  }

  private void once(String sql) {
    long start = System.nanoTime();
    drain(sql);
    System.out.printf("  %-44s %11.3f ms, one run%n", "row by row", (System.nanoTime() - start) / 1e6);
  }

  private String sqlOf(MetricQuery query) {
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      QueryFacts.Statement statement = result.facts().statements().getFirst();
      CompileBench.drain(result);
      return statement.sql();
    }
  }

  private Table rows(String sql) {
    try (ArrowBatches batches = execute(sql)) {
      return ArrowTables.read(batches);
    }
  }

  private void drain(String sql) {
    try (ArrowBatches batches = execute(sql)) {
      CompileBench.drain(batches);
    }
  }

  private ArrowBatches execute(String sql) {
    return project.warehouses().apply("main").run(sql, QueryControl.unlimited("bench"));
  }
}
