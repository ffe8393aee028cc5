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
import dev.sextant.query.QueryResult;
import dev.sextant.server.boot.OpenProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Questions to the web shop with 10 million order lines, against the SQL a person would write; {@code -Dscale=1} asks a small one. */
final class ExecutionBench {
  private static final int SCALE = Integer.getInteger("scale", 134);
  private static final int ROUNDS = 5;

  private ExecutionBench() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    Path shop = ProjectFolders.copy("retail", folder);
    RetailData.write(shop.resolve("data"), RetailData.DEFAULT_SEED, SCALE);
    try (OpenProject project = OpenProject.once(shop, Map.of(), InstantSource.system())) {
      Script script = ScriptParser.parse("ten-questions.sx", Files.readString(Path.of("bench/ten-questions.sx")));
      for (Script.Part part : script.parts()) {
        if (part instanceof Script.Ask ask) {
          race(project, String.join(" ", ask.text()), String.join("\n", ask.directives().getFirst().body()));
        }
      }
    }
    CompileBench.delete(folder);
  }

  private static void race(OpenProject project, String text, String sql) throws Exception {
    MetricQuery query = QueryText.parse(text);
    new TableDifference(1e-9, false).between(byHand(project, sql), byEngine(project, query)).ifPresent(difference -> {
      throw new IllegalStateException(text + ": " + difference);
    });
    new Race(text).baseline("written by hand", () -> byHand(project, sql))
        .against("written by hand", "the engine, compiling included", () -> byEngine(project, query))
        .run(1, ROUNDS);
  }

  private static Table byHand(OpenProject project, String sql) {
    try (ArrowBatches batches = project.warehouses().apply("main").run(sql, QueryControl.unlimited("bench"))) {
      return ArrowTables.read(batches);
    }
  }

  private static Table byEngine(OpenProject project, MetricQuery query) {
    try (QueryResult result = project.engine().run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      return ArrowTables.read((ArrowBatches) result);
    }
  }
}
