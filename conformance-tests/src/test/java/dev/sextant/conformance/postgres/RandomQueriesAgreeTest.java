// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.engine.ModelCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RandomQueriesAgreeTest {
  private static final long SEED = Long.getLong("sextant.seed", 20_261_123L);
  private static final List<String> GIVEN_UP = List.of("DEADLINE_EXCEEDED", "TOO_MANY_ROWS");
  private static final int QUERIES = Integer.getInteger("sextant.random.queries", 120);

  @TempDir private Path folder;

  @Test
  void duckDbAndPostgresGiveTheSameAnswersOverTheWebShop() throws Exception {
    List<String> differences = new ArrayList<>();
    int answered = 0;
    int givenUp = 0;
    try (PostgresProjects projects = new PostgresProjects()) {
      PostgresProjects.Twins shop = projects.twins(ProjectFolders.copy("retail", folder));
      Map<String, List<Value>> values = new HashMap<>();
      RandomQueries queries = new RandomQueries(new ModelCatalog(shop::model),
          item -> values.computeIfAbsent(item, any -> values(item, shop)), SEED);
      for (int i = 0; i < QUERIES; i++) {
        MetricQuery query = queries.next();
        Answer expected = shop.duckdb().ask(query);
        Answer actual = shop.postgres().ask(query);
        if (isGivenUp(expected) || isGivenUp(actual)) {
          givenUp++;
          continue;
        }
        answered += expected instanceof Answer.Rows ? 1 : 0;
        AnswerDifference.between(expected, actual, !query.orderBy().isEmpty()).ifPresent(text -> differences.add(query + "\n  " + text));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(answered).as("queries with an answer").isGreaterThan(QUERIES / 2);
    assertThat(givenUp).as("queries given up on").isLessThan(QUERIES / 20);
  }

  private static boolean isGivenUp(Answer answer) {
    return answer instanceof Answer.Refusal refusal && GIVEN_UP.contains(refusal.complaints().getFirst().code());
  }

  private static List<Value> values(String item, PostgresProjects.Twins shop) {
    Answer answer = shop.duckdb().ask(MetricQuery.of(List.of(), List.of(item)));
    return answer instanceof Answer.Rows rows
        ? rows.table().rows().stream().map(List::getFirst).limit(50).toList()
        : List.of();
  }
}
