// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import dev.sextant.conformance.postgres.PostgresProjects;
import dev.sextant.conformance.suite.CaseComparison;
import dev.sextant.conformance.suite.SuiteCase;
import dev.sextant.conformance.suite.Suites;
import dev.sextant.server.boot.SextantServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What BI tools send has its answer through every SQL door, on both warehouses. The suite stands beside some checkouts. */
class BiSqlTest {
  private static final String FOLDER = "bi-sql";

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "postgres"})
  void everyStatementIsAnsweredThroughEveryDoor(String warehouse) throws Exception {
    Optional<Suites> suites = Suites.find();
    assumeTrue(suites.isPresent(), "no suites beside this repository");
    Path project = suites.orElseThrow().folder().resolve(FOLDER).resolve("project");
    List<SuiteCase> cases = suites.orElseThrow().cases(FOLDER + "/queries.jsonl");
    if (warehouse.equals("duckdb")) {
      check(warehouse, project, cases);
    } else {
      try (PostgresProjects copies = new PostgresProjects()) {
        check(warehouse, copies.copy(project), cases);
      }
    }
  }

  private static void check(String warehouse, Path project, List<SuiteCase> cases) throws Exception {
    List<String> failures = new ArrayList<>();
    try (SextantServer server = SextantServer.start(project, Map.of(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      for (SqlClient.Kind kind : SqlClient.Kind.values()) {
        long started = System.nanoTime();
        int before = failures.size();
        try (SqlClient client = SqlClient.of(kind, server)) {
          for (SuiteCase question : cases) {
            difference(question, client).ifPresent(why -> failures.add(kind + " " + question.id() + ": " + why));
          }
        }
        System.out.printf("bi-sql by %s on %s: %d of %d in %.1f s%n", kind, warehouse, cases.size() - failures.size() + before,
            cases.size(),
            (System.nanoTime() - started) / 1e9);
      }
    }
    assertThat(failures).isEmpty();
  }

  private static Optional<String> difference(SuiteCase question, SqlClient client) {
    try {
      return CaseComparison.difference(question, client.ask(question.sql()));
    } catch (RuntimeException failure) {
      return Optional.of(failure.toString());
    }
  }
}
