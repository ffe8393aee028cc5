// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.oracle.TableRows;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.conformance.script.QueryPrinter;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Asks an engine and the reference evaluator random queries, and remembers where they differ. */
public final class ReferenceRun {
  private static final int MOST_FAILURES = 12;
  private static final double FEWEST_KNOWN = 0.7;

  private final Vocabulary vocabulary;
  private final BothAnswers both;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> unknown = new TreeMap<>();
  private int answered;

  public ReferenceRun(SemanticModel model, TableRows tables, Function<MetricQuery, Answer> engine) {
    this.vocabulary = new Vocabulary(model, tables);
    this.both = new BothAnswers(model, tables, engine);
  }

  /** Asks one query for each of the seeds from {@code first} on, and tells what came of them. */
  public void ask(long first, int queries) {
    for (long seed = first; seed < first + queries && failures.size() < MOST_FAILURES; seed++) {
      ask(new QueryGenerator(vocabulary, seed).next(), seed);
    }
    System.out.println(answered + " random queries answered alike; the reference evaluator did not know " + unknown);
    if (failures.isEmpty() && answered < FEWEST_KNOWN * queries) {
      failures.add("only " + answered + " of " + queries + " queries were compared");
    }
  }

  /** Where they differ, each with its seed and the smallest query that still does. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  private void ask(MetricQuery query, long seed) {
    try {
      Optional<String> difference = both.difference(query);
      if (difference.isEmpty()) {
        answered++;
        return;
      }
      MetricQuery shrunk = new QueryShrinker(smaller -> stillFails(smaller, difference.get())).shrink(query);
      failures.add("seed " + seed + ": " + QueryPrinter.print(query) + "\n  shrunk to: " + QueryPrinter.print(shrunk) + "\n  "
          + both.difference(shrunk).orElse(""));
      System.out.println(failures.getLast());
    } catch (UnknownToTheOracle e) {
      unknown.merge(String.valueOf(e.getMessage()).replace("the reference evaluator does not know ", "").replaceAll("[\\d']+", "#"), 1,
          Integer::sum);
    }
  }

  /** A smaller query that is refused is no smaller form of one that was answered. */
  private boolean stillFails(MetricQuery query, String whole) {
    try {
      return both.difference(query)
          .filter(text -> text.startsWith(BothAnswers.REFUSED) == whole.startsWith(BothAnswers.REFUSED))
          .isPresent();
    } catch (UnknownToTheOracle e) {
      return false;
    }
  }
}
