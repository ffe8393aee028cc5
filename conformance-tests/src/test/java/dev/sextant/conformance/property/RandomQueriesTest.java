// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import dev.sextant.conformance.oracle.TableRows;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.conformance.script.QueryPrinter;
import dev.sextant.query.MetricQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Random queries: the engine and the reference evaluator answer alike. {@code -Dsextant.queries=5000 -Dsextant.seed=7} asks more and others. */
class RandomQueriesTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 500);
  private static final long SEED = Long.getLong("sextant.seed", 20_260_101L);
  private static final int MOST_FAILURES = 12;
  private static final double FEWEST_KNOWN = 0.7;

  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> unknown = new TreeMap<>();
  private int answered;

  @Test
  void theEngineAnswersAsTheReferenceEvaluatorDoes(@TempDir Path folder) throws IOException, SQLException {
    try (OpenProjects projects = new OpenProjects()) {
      OpenProject shop = projects.in(SmallShop.withAllKinds(folder));
      TableRows tables = new TableRows(shop::run);
      Vocabulary vocabulary = new Vocabulary(shop.model(), tables);
      BothAnswers both = new BothAnswers(shop, tables);
      for (long seed = SEED; seed < SEED + QUERIES && failures.size() < MOST_FAILURES; seed++) {
        ask(new QueryGenerator(vocabulary, seed).next(), seed, both);
      }
    }
    System.out.println(answered + " random queries answered alike; the reference evaluator did not know " + unknown);
    assertThat(failures).isEmpty();
    assertThat(answered).isGreaterThan((int) (FEWEST_KNOWN * QUERIES));
  }

  private void ask(MetricQuery query, long seed, BothAnswers both) {
    try {
      Optional<String> difference = both.difference(query);
      if (difference.isEmpty()) {
        answered++;
        return;
      }
      MetricQuery shrunk = new QueryShrinker(smaller -> stillFails(smaller, difference.get(), both)).shrink(query);
      failures.add("seed " + seed + ": " + QueryPrinter.print(query) + "\n  shrunk to: " + QueryPrinter.print(shrunk) + "\n  "
          + both.difference(shrunk).orElse(""));
      System.out.println(failures.getLast());
    } catch (UnknownToTheOracle e) {
      unknown.merge(String.valueOf(e.getMessage()).replace("the reference evaluator does not know ", "").replaceAll("[\\d']+", "#"), 1,
          Integer::sum);
    }
  }

  /** A smaller query that is refused is no smaller form of one that was answered. */
  private static boolean stillFails(MetricQuery query, String whole, BothAnswers both) {
    try {
      return both.difference(query)
          .filter(text -> text.startsWith(BothAnswers.REFUSED) == whole.startsWith(BothAnswers.REFUSED))
          .isPresent();
    } catch (UnknownToTheOracle e) {
      return false;
    }
  }
}
