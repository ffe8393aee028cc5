// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Question;
import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import dev.sextant.conformance.oracle.TableRows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Random queries: the engine and the reference evaluator answer alike. {@code -Dsextant.queries=5000 -Dsextant.seed=7} asks more and others. */
class RandomQueriesTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 500);
  private static final long SEED = Long.getLong("sextant.seed", 20_260_101L);

  @Test
  void theEngineAnswersAsTheReferenceEvaluatorDoes(@TempDir Path folder) throws IOException, SQLException {
    check(SmallShop.withAllKinds(folder), QUERIES);
  }

  @Test
  void calendarsAreMadeFromTheData(@TempDir Path folder) throws IOException, SQLException {
    check(SmallShop.withoutCalendar(folder), QUERIES / 4);
  }

  private static void check(Path project, int queries) throws IOException {
    try (OpenProjects projects = new OpenProjects()) {
      OpenProject shop = projects.in(project);
      ReferenceRun run = new ReferenceRun(shop.model(), new TableRows(shop::run),
          query -> shop.doors().getFirst().ask(new Question.Metrics(query)));
      run.ask(SEED, queries);
      assertThat(run.failures()).isEmpty();
    }
  }
}
