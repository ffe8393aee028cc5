// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.suite.CaseComparison;
import dev.sextant.conformance.suite.JsonToMetricQuery;
import dev.sextant.conformance.suite.Reply;
import dev.sextant.conformance.suite.SuiteCase;
import dev.sextant.conformance.suite.Suites;
import dev.sextant.query.MetricQuery;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** MetricFlow's cases with their tables in PostgreSQL. */
class SuitesOnPostgresTest {
  /** MetricFlow takes any of several rows here: its filter's column joins the grouping of a nested metric. */
  private static final List<String> DEFECTS_OF_METRICFLOW = List.of("gen/0082");
  private static final String ESTIMATE = "approximate_continuous_booking_value_p99";
  private static final String EXACT = "booking_value_p99";

  private static PostgresProjects projects;

  @BeforeAll
  static void open() throws IOException {
    projects = new PostgresProjects();
  }

  @AfterAll
  static void close() throws Exception {
    projects.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCaseOfMetricFlowHasItsAnswer() {
    return cases("metricflow/cases.jsonl");
  }

  @TestFactory
  Stream<DynamicTest> everyGeneratedCaseHasItsAnswer() {
    return cases("metricflow/generated.jsonl");
  }

  private static Stream<DynamicTest> cases(String file) {
    Optional<Suites> suites = Suites.find();
    assumeTrue(suites.isPresent(), "the suites are not beside this repository");
    return suites.orElseThrow()
        .cases(file)
        .stream()
        .filter(each -> !DEFECTS_OF_METRICFLOW.contains(each.id()))
        .map(each -> DynamicTest.dynamicTest(each.id(), () -> check(each, suites.orElseThrow())));
  }

  private static void check(SuiteCase suiteCase, Suites suites) throws IOException, SQLException {
    PostgresProjects.Twins twins = projects.twins(suites.folder().resolve("metricflow/projects").resolve(suiteCase.project()));
    MetricQuery query = JsonToMetricQuery.read(suiteCase.request().orElseThrow());
    Answer answer = twins.postgres().ask(query);
    if (query.metrics().contains(MetricQuery.Item.of(ESTIMATE))) {
      assertThat(difference(twins.duckdb().ask(withExact(query)), answer)).isEmpty();
    } else {
      assertThat(CaseComparison.difference(suiteCase, Reply.of(answer))).isEmpty();
    }
  }

  /** PostgreSQL has no estimated percentiles, so exact ones must come, as DuckDB gives them when they are asked for. */
  private static MetricQuery withExact(MetricQuery query) {
    List<MetricQuery.Item> metrics = query.metrics()
        .stream()
        .map(metric -> metric.name().equals(ESTIMATE) ? MetricQuery.Item.of(EXACT) : metric)
        .toList();
    return new MetricQuery(metrics, query.groupBy(), query.where(), query.having(), query.orderBy(), query.limit(), query.offset(),
        query.timeRange(), query.timeZone(), query.savedQuery(), query.mode(), query.extras(), query.options());
  }

  private static Optional<String> difference(Answer expected, Answer actual) {
    return expected instanceof Answer.Rows want && actual instanceof Answer.Rows got
        ? new TableDifference(1e-9, false).between(want.table(), got.table())
        : Optional.of("expected rows, got " + expected + " and " + actual);
  }
}
