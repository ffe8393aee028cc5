// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Times several ways of doing something, a round of each after the other, so that a busy machine is busy for all of them. */
final class Race {
  private final String title;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Something to time. */
  interface Work {
    void run() throws Exception;
  }

  /** A way, what it is compared to, and the times it took in milliseconds. */
  private record Entry(Work work, Optional<String> baseline, List<Double> times) {}

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
        long start = System.nanoTime();
        entry.work().run();
        if (round >= 0) {
          entry.times().add((System.nanoTime() - start) / 1e6);
        }
      }
    }
    print(rounds);
  }

  private void print(int rounds) {
    System.out.printf("%n%s (median of %d rounds)%n", title, rounds);
    System.out.printf("  %-64s %12s %12s  %s%n", "", "median ms", "fastest ms", "ratio");
    entries.forEach((name, entry) -> System.out.printf("  %-64s %12.3f %12.3f  %s%n", name, median(entry), fastest(entry), ratio(entry)));
  }

  private String ratio(Entry entry) {
    return entry.baseline()
        .map(name -> String.format("%.2f x %s", ratio(entry, entries.getOrDefault(name, entry)), name))
        .orElse("baseline");
  }

  /** The middle one of the rounds' ratios: what slows a round slows both of its sides. */
  private static double ratio(Entry entry, Entry baseline) {
    return median(
        IntStream.range(0, entry.times().size()).mapToObj(round -> entry.times().get(round) / baseline.times().get(round)).toList());
  }

  /** The median ratio of a way to its baseline. */
  double ratio(String name) {
    Entry entry = Objects.requireNonNull(entries.get(name));
    return ratio(entry, entries.getOrDefault(entry.baseline().orElse(name), entry));
  }

  private static double median(Entry entry) {
    return median(entry.times());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }

  private static double fastest(Entry entry) {
    return entry.times().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }
}
