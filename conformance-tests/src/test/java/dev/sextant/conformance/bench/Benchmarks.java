// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.rollup.RollupBench;
import dev.sextant.server.boot.Carriers;
import java.util.List;

/**
 * Runs the benchmarks named by {@code -Dbench}, all of them by default: compile, execution, windows, http, hot, flightcache, graphql, start, doors, heap,
 * tpch, rollups, serving, training.
 */
public final class Benchmarks {
  private static final List<
      String> ALL = List.of("compile", "execution", "windows", "http", "hot", "flightcache", "graphql", "start", "doors", "heap", "tpch",
          "rollups", "serving", "training");

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    Carriers.ensure(); // as a server has them, whatever uses virtual threads before one starts
    // Maven passes on as blank what was not said.
    List.of("scale", "rounds", "rows", "seconds", "questions")
        .stream()
        .filter(name -> System.getProperty(name, "").isBlank())
        .forEach(System::clearProperty);
    String wanted = System.getProperty("bench", "");
    for (String name : wanted.isEmpty() ? ALL : List.of(wanted.split(",", -1))) {
      switch (name) {
        case "compile" -> CompileBench.run();
        case "execution" -> ExecutionBench.run("ten-questions.sx");
        case "windows" -> ExecutionBench.run("windows.sx");
        case "http" -> HttpBench.run();
        case "hot" -> HotBench.run();
        case "flightcache" -> CachedFlightBench.run();
        case "graphql" -> GraphqlBench.run();
        case "start" -> StartBench.run();
        case "doors" -> DoorsBench.run();
        case "heap" -> HeapBench.run();
        case "tpch" -> TpchBench.run();
        case "rollups" -> RollupBench.run();
        case "serving" -> ServingBench.run();
        case "training" -> TrainingBench.run();
        default -> throw new IllegalArgumentException("there is no benchmark '" + name + "'; there are " + ALL);
      }
    }
  }
}
