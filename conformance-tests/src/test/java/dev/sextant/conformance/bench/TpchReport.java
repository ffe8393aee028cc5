// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the questions to TPC-H took, as a page with tables and charts. */
final class TpchReport {
  private final double scale;
  private final int rounds;
  private final List<Latency> latencies = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();

  TpchReport(double scale, int rounds) {
    this.scale = scale;
    this.rounds = rounds;
  }

  /** A question's times in milliseconds: SQL by hand, asked of the tables, answered from the cache; and the ratio of the first two. */
  record Latency(String title, double byHand, double asked, double ratio, double kept) {}

  /** What so many clients got at once. */
  record Load(String from, int clients, HttpLoad.Outcome outcome) {}

  void latency(Latency one) {
    latencies.add(one);
  }

  void load(Load one) {
    loads.add(one);
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    line(out, "| question | by hand, ms | asked, ms | ratio | from the cache, ms |");
    line(out, "|---|---:|---:|---:|---:|");
    latencies
        .forEach(one -> line(out, "| %s | %.1f | %.1f | %.2f | %.2f |", one.title(), one.byHand(), one.asked(), one.ratio(), one.kept()));
    line(out, "| **geometric mean** | **%.1f** | **%.1f** | **%.2f** | **%.2f** |", mean(latencies.stream().map(Latency::byHand).toList()),
        mean(latencies.stream().map(Latency::asked).toList()), mean(latencies.stream().map(Latency::ratio).toList()),
        mean(latencies.stream().map(Latency::kept).toList()));
    line(out, "");
    line(out, "| clients | | questions per second | median, ms | 99 %%, ms | told to come back |");
    line(out, "|---:|---|---:|---:|---:|---:|");
    loads.forEach(one -> line(out, "| %d | %s | %.1f | %.1f | %.1f | %d |", one.clients(), one.from(), one.outcome().perSecond(),
        one.outcome().median(), one.outcome().p99(), one.outcome().busy()));
    return out.toString();
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static double mean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  /** Writes the page and its charts under a name. */
  void write(Path folder, String name) throws IOException {
    StringBuilder page = new StringBuilder();
    line(page, "# TPC-H, scale %s", scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale));
    line(page, "");
    line(page,
        "Thirty questions ([thirty.sx](../../examples/tpch/questions/thirty.sx)) to %.0f million lines of orders in DuckDB, on %d processors. Each is asked of",
        scale * 6, Runtime.getRuntime().availableProcessors());
    line(page,
        "the engine and beside it as the SQL a person would write, which must have the same rows; medians of %d rounds of both, planning included.",
        rounds);
    line(page, "Then clients on the same machine ask all of them over HTTP, each in an order of its own, one question after the other.");
    line(page, "");
    line(page, "    mvn -P bench -pl conformance-tests -am -DskipTests integration-test -Dbench=tpch -Dscale=%s",
        scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale));
    line(page, "");
    line(page, "![milliseconds by question](%s.svg)", name);
    line(page, "");
    page.append(markdown());
    Files.writeString(folder.resolve(name + ".md"), page);
    BarChart chart = new BarChart("Milliseconds by question, TPC-H at scale " + (long) scale,
        List.of("SQL by hand", "asked", "from the cache"));
    latencies.forEach(one -> chart.add(one.title(), List.of(one.byHand(), one.asked(), one.kept())));
    Files.writeString(folder.resolve(name + ".svg"), chart.svg());
  }
}
