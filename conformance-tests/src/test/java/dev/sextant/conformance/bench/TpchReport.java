// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the questions to TPC-H took, as a page with tables and charts. */
final class TpchReport {
  private static final String INTRODUCTION = """
      # TPC-H, scale %1$s

      Thirty questions ([thirty.sx](../../examples/tpch/questions/thirty.sx)) to %2$d million lines of orders in DuckDB, on %3$d processors. Each is asked of
      the engine and beside it as the SQL a person would write, which must have the same rows. All take turns, %4$d rounds of them: times are medians,
      ratios the medians of the rounds' ratios, and others used the processors, too. The engine remembers the plans of questions, as it does in a server.

          mvn -P bench -pl conformance-tests -am -DskipTests integration-test -Dbench=tpch -Dscale=%1$s

      ![milliseconds by question](%5$s.svg)

      """;
  private static final String ON_ROLLUPS = """

      ## From rollups

      The questions that the example's [rollups](../../examples/tpch/models/rollups.yml) hold the answers of, beside the SQL a person would write over the
      rollups' tables ([rolled_up.sql](../../examples/tpch/questions/rolled_up.sql)).

      """;
  private static final String AT_ONCE = """

      ## Many at once

      Clients on the same machine ask all thirty questions, each client in an order of its own, one question after the other; of the server over HTTP, and as
      SQL by hand within one process.

      """;

  private final double scale;
  private final int rounds;
  private final List<Latency> latencies = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();

  TpchReport(double scale, int rounds) {
    this.scale = scale;
    this.rounds = rounds;
  }

  /**
   * A question's times in milliseconds: SQL by hand, asked of the tables, answered from the cache; the ratio of the first two on the wall and of
   * processors; and what rollups make of it.
   */
  record Latency(String title, double byHand, double asked, double ratio, double processors, double kept, Optional<RolledUp> rolledUp) {}

  /** SQL by hand over rollups, asked of them, the ratio of the two, and how many times faster than by hand and asked of the tables. */
  record RolledUp(double byHand, double asked, double ratio, double fasterThanByHand, double fasterThanAsked) {}

  /** What so many clients got at once. */
  record Load(String from, int clients, dev.sextant.conformance.bench.Load.Outcome outcome) {}

  void latency(Latency one) {
    latencies.add(one);
  }

  void load(Load one) {
    loads.add(one);
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    line(out, "| question | by hand, ms | asked, ms | ratio | ratio of CPU | from the cache, ms |");
    line(out, "|---|---:|---:|---:|---:|---:|");
    latencies.forEach(one -> line(out, "| %s | %.1f | %.1f | %.2f | %.2f | %.2f |", one.title(), one.byHand(), one.asked(), one.ratio(),
        one.processors(), one.kept()));
    line(out, "| **geometric mean** | **%.1f** | **%.1f** | **%.2f** | **%.2f** | **%.2f** |", mean(latencies, Latency::byHand),
        mean(latencies, Latency::asked), mean(latencies, Latency::ratio), mean(latencies, Latency::processors),
        mean(latencies, Latency::kept));
    out.append(ON_ROLLUPS);
    line(out, "| question | by hand on rollups, ms | asked, ms | ratio | times faster than asked of the tables | than by hand |");
    line(out, "|---|---:|---:|---:|---:|---:|");
    latencies.forEach(one -> one.rolledUp()
        .ifPresent(rollup -> line(out, "| %s | %.2f | %.2f | %.2f | %.0f | %.0f |", one.title(), rollup.byHand(), rollup.asked(),
            rollup.ratio(), rollup.fasterThanAsked(), rollup.fasterThanByHand())));
    List<RolledUp> rolledUp = latencies.stream().flatMap(one -> one.rolledUp().stream()).toList();
    line(out, "| **geometric mean** | **%.2f** | **%.2f** | **%.2f** | **%.0f** | **%.0f** |", mean(rolledUp, RolledUp::byHand),
        mean(rolledUp, RolledUp::asked), mean(rolledUp, RolledUp::ratio), mean(rolledUp, RolledUp::fasterThanAsked),
        mean(rolledUp, RolledUp::fasterThanByHand));
    if (!loads.isEmpty()) {
      atOnce(out);
    }
    return out.toString();
  }

  private void atOnce(StringBuilder out) {
    out.append(AT_ONCE);
    line(out, "| clients | | questions per second | median, ms | 99 %%, ms | told to come back |");
    line(out, "|---:|---|---:|---:|---:|---:|");
    loads.forEach(one -> line(out, "| %d | %s | %.1f | %.1f | %.1f | %d |", one.clients(), one.from(), one.outcome().perSecond(),
        one.outcome().median(), one.outcome().p99(), one.outcome().busy()));
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static <T> double mean(List<T> all, ToDoubleFunction<T> value) {
    return Math.exp(all.stream().mapToDouble(value).map(Math::log).average().orElse(Double.NaN));
  }

  /** Writes the page and its chart under a name. */
  void write(Path folder, String name) throws IOException {
    String number = scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale);
    String introduction = String.format(Locale.ROOT, INTRODUCTION, number, Math.round(scale * 6),
        Runtime.getRuntime().availableProcessors(),
        rounds, name);
    Files.writeString(folder.resolve(name + ".md"), introduction + markdown());
    BarChart chart = new BarChart("Milliseconds by question, TPC-H at scale " + number,
        List.of("SQL by hand", "asked", "from rollups", "from the cache"));
    latencies.forEach(one -> chart.add(one.title(),
        List.of(one.byHand(), one.asked(), one.rolledUp().map(RolledUp::asked).orElse(BarChart.NOTHING), one.kept())));
    Files.writeString(folder.resolve(name + ".svg"), chart.svg());
  }
}
