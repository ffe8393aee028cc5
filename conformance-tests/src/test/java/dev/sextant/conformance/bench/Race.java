// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Times several ways of doing something, a round of each after the other, so that a busy machine is busy for all of them. Besides the time
 * on the wall it takes that of this process's processors, which others on the machine disturb least.
 */
final class Race {
  private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final String title;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Something to time. */
  interface Work {
    void run() throws Exception;
  }

  /** What a round took, in milliseconds. */
  private record Time(double wall, double processors) {}

  /** A way, what it is compared to, and the times it took. */
  private record Entry(Work work, Optional<String> baseline, List<Time> times) {}

  Race(String title) {
    this.title = title;
  }

  Race baseline(String name, Work work) {
    entries.put(name, new Entry(work, Optional.empty(), new ArrayList<>()));
    return this;
  }

  Race against(String baseline, String name, Work work) {
    entries.put(name, new Entry(work, Optional.of(baseline), new ArrayList<>()));
    return this;
  }

  /** Warms up, runs the rounds and prints medians and ratios. */
  void run(int warmUps, int rounds) throws Exception {
    for (int round = -warmUps; round < rounds; round++) {
      for (Entry entry : entries.values()) {
        long processors = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        entry.work().run();
        if (round >= 0) {
          entry.times().add(new Time((System.nanoTime() - start) / 1e6, (PROCESS.getProcessCpuTime() - processors) / 1e6));
        }
      }
    }
    print(rounds);
  }

  private void print(int rounds) {
    System.out.printf("%n%s (median of %d rounds)%n", title, rounds);
    System.out.printf("  %-44s %11s %11s %11s  %s%n", "", "median ms", "fastest ms", "CPU ms", "ratio on the wall, of CPU");
    entries.forEach((name, entry) -> System.out.printf("  %-44s %11.3f %11.3f %11.3f  %s%n", name, median(walls(entry)),
        walls(entry).stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN), mean(entry),
        entry.baseline().map(base -> String.format("%.2f, %.2f x %s", ratio(name), ratioOfProcessors(name), base)).orElse("baseline")));
  }

  /** The middle one of the rounds' ratios to the baseline: what slows a round slows both of its sides. */
  double ratio(String name) {
    List<Double> times = walls(entry(name));
    List<Double> baseline = walls(baseline(name));
    return median(IntStream.range(0, times.size()).mapToObj(round -> times.get(round) / baseline.get(round)).toList());
  }

  /** What half of the rounds took at most, in milliseconds. */
  double median(String name) {
    return median(walls(entry(name)));
  }

  /** The processors' time of all rounds over the baseline's: the system counts it too coarsely for single rounds. */
  double ratioOfProcessors(String name) {
    return mean(entry(name)) / mean(baseline(name));
  }

  private Entry baseline(String name) {
    return entry(entry(name).baseline().orElse(name));
  }

  private Entry entry(String name) {
    return Objects.requireNonNull(entries.get(name));
  }

  private static double mean(Entry entry) {
    return entry.times().stream().mapToDouble(Time::processors).average().orElse(Double.NaN);
  }

  private static List<Double> walls(Entry entry) {
    return entry.times().stream().map(Time::wall).toList();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }
}
