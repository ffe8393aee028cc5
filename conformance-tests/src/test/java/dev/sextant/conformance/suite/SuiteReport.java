// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came of a suite's cases by one door. */
record SuiteReport(String suite, String door, List<Line> lines, double seconds) {
  private static final int EXCERPT = 240;

  /** A case, the kind of question it asks, and why it failed if it did. */
  record Line(String id, String kind, Optional<String> failure) {}

  SuiteReport {
    lines = List.copyOf(lines);
  }

  long passed() {
    return lines.stream().filter(line -> line.failure().isEmpty()).count();
  }

  /** Counts in all and by kind, then the cases that fail. */
  String text() {
    StringBuilder out = new StringBuilder(
        String.format("%s by %s: %d of %d pass in %.1f s%n", suite, door, passed(), lines.size(), seconds));
    Map<String, long[]> byKind = new TreeMap<>();
    for (Line line : lines) {
      long[] counts = byKind.computeIfAbsent(line.kind(), any -> new long[2]);
      counts[0] += line.failure().isEmpty() ? 1 : 0;
      counts[1]++;
    }
    byKind.forEach((kind, counts) -> out.append(String.format("  %-20s %d of %d%n", kind, counts[0], counts[1])));
    for (Line line : lines) {
      line.failure().ifPresent(why -> out.append(String.format("  %s (%s): %s%n", line.id(), line.kind(), excerpt(why))));
    }
    return out.toString();
  }

  private static String excerpt(String text) {
    return text.substring(0, Math.min(EXCERPT, text.length())).replace('\n', ' ');
  }
}
