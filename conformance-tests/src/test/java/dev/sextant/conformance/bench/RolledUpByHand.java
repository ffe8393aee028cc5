// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.activation.schedule.Activations;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.model.Rollup;
import dev.sextant.query.BuiltRollup;
import dev.sextant.server.boot.OpenProject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL that a person would write over the tables of rollups, by the number of the question. */
record RolledUpByHand(Map<String, String> statements) {

  /** Builds the project's rollups and finds their tables. */
  static RolledUpByHand over(OpenProject project) throws IOException {
    Map<String, String> tables = new LinkedHashMap<>();
    for (Rollup rollup : project.model().model().definitions().rollups()) {
      List<BuiltRollup.Table> built = built(rollup, project.activations());
      for (int place = 0; place < built.size(); place++) {
        tables.put("{" + rollup.name() + (place == 0 ? "" : "." + place) + "}",
            "sextant_rollups.\"" + built.get(place).source().name() + "\"");
      }
    }
    String text = Files.readString(ProjectFolders.find("tpch").resolve("questions/rolled_up.sql"));
    for (Map.Entry<String, String> table : tables.entrySet()) {
      text = text.replace(table.getKey(), table.getValue());
    }
    Map<String, String> statements = new LinkedHashMap<>();
    for (String part : text.split("(?m)^-- (?=\\d+$)", -1)) {
      String[] halves = part.split("\n", 2);
      statements.put(halves[0], halves[1]);
    }
    return new RolledUpByHand(statements);
  }

  private static List<BuiltRollup.Table> built(Rollup rollup, Activations activations) {
    long started = System.nanoTime();
    Run run = activations.run(new Run.Target(RunKind.ROLLUP, rollup.name()), Scope.CHANGES);
    if (run.state() != RunState.SUCCEEDED) {
      throw new IllegalStateException(rollup.name() + ": " + run.report());
    }
    List<BuiltRollup.Table> tables = activations.rollups().find(rollup.name()).orElseThrow().tables();
    System.out.printf("rollup %s: %s rows in %.1f s%n", rollup.name(), tables.stream().map(BuiltRollup.Table::rows).toList(),
        (System.nanoTime() - started) / 1e9);
    return tables;
  }

  Optional<String> of(TpchQuestion question) {
    return Optional.ofNullable(statements.get(question.number()));
  }
}
