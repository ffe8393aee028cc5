// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was decided for one branch: the measures it computes, and the verdict on each rollup that concerns it. */
public record Decision(List<String> measures, List<Verdict> verdicts) {

  public Decision {
    measures = List.copyOf(measures);
    verdicts = List.copyOf(verdicts);
  }

  /** The rollup that answers, if one does. */
  public Optional<String> used() {
    return verdicts.stream().filter(Verdict.Use.class::isInstance).map(Verdict::rollup).findFirst();
  }

  /** Which measures are estimated, and how well. */
  public List<String> estimated() {
    return verdicts.stream().flatMap(one -> one instanceof Verdict.Use use ? use.estimated().stream() : Stream.of()).toList();
  }

  /** The verdicts, a line each, the one that is used first. */
  String lines() {
    String first = verdicts.stream().filter(Verdict.Use.class::isInstance).map(Verdict::line).collect(Collectors.joining());
    String others = verdicts.stream().filter(one -> !(one instanceof Verdict.Use)).map(Verdict::line).collect(Collectors.joining("\n"));
    return first + (first.isEmpty() || others.isEmpty() ? "" : "\n") + others;
  }

  /** All decisions as text for people; what measures a part is about is told where there are several parts. */
  public static String print(List<Decision> decisions) {
    List<Decision> told = decisions.stream().filter(one -> !one.verdicts().isEmpty()).distinct().toList();
    if (decisions.stream().distinct().count() == 1) {
      return told.stream().map(Decision::lines).collect(Collectors.joining());
    }
    return told.stream()
        .map(one -> "for " + String.join(", ", one.measures()) + "\n" + one.lines().indent(2).stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
