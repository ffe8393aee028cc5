// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import dev.sextant.conformance.oracle.TableRows;
import dev.sextant.conformance.property.ReferenceRun;
import dev.sextant.conformance.property.SmallShop;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Random queries on PostgreSQL, answered as the reference evaluator does. {@code -Dsextant.queries=5000 -Dsextant.seed=7} asks more and others. */
class ReferenceOnPostgresTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 500);
  private static final long SEED = Long.getLong("sextant.seed", 20_260_501L);

  @Test
  void postgresAnswersAsTheReferenceEvaluatorDoes(@TempDir Path folder) throws Exception {
    Path project = SmallShop.withAllKinds(folder);
    try (OpenProjects duckdb = new OpenProjects(); PostgresProjects projects = new PostgresProjects()) {
      OpenProject rows = duckdb.in(project);
      PostgresProjects.Twins shop = projects.twins(project);
      ReferenceRun run = new ReferenceRun(shop.model(), new TableRows(rows::run), shop.postgres()::ask);
      run.ask(SEED, QUERIES);
      assertThat(run.failures()).isEmpty();
    }
  }
}
