// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.compare.ValueText;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.postgres.PostgresProjects;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Random questions have the same answers with rollups and without. {@code -Dsextant.queries=5000 -Dsextant.seed=7} asks more and others. */
class RollupsChangeNothingTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 60);
  private static final long SEED = Long.getLong("sextant.seed", 20_261_130L);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private Path folder;

  @Test
  void onDuckDb() throws Exception {
    Path project = ProjectFolders.copy("retail", folder);
    ShopRollups.into(project);
    check(project, "DuckDB");
  }

  @Test
  void onPostgres() throws Exception {
    Path project = ProjectFolders.copy("retail", folder);
    ShopRollups.into(project);
    try (PostgresProjects projects = new PostgresProjects()) {
      check(projects.copy(project), "PostgreSQL");
    }
  }

  private static void check(Path project, String warehouse) {
    List<String> differences = new ArrayList<>();
    Map<String, Integer> used = new TreeMap<>();
    AtomicInteger refused = new AtomicInteger();
    try (RolledUpShop shop = new RolledUpShop(project, CLOCK)) {
      shop.buildAll();
      shop.spoil();
      Map<String, List<String>> values = new HashMap<>();
      RollupQuestions questions = new RollupQuestions(shop, item -> values.computeIfAbsent(item, any -> values(item, shop)), SEED);
      for (int i = 0; i < QUERIES && differences.size() < 8; i++) {
        MetricQuery query = questions.next();
        Answer expected = ask(shop.without(), query, new ArrayList<>());
        List<String> rollups = new ArrayList<>();
        Answer actual = ask(shop.with(), query, rollups);
        rollups.forEach(name -> used.merge(name, 1, Integer::sum));
        difference(expected, actual, query, refused).ifPresent(text -> {
          if (Boolean.getBoolean("sextant.explain")) {
            System.out.println(shop.with().explain(query, Caller.ANONYMOUS));
          }
          differences.add(query + "\n  with " + rollups + ": " + text);
          System.out.println(differences.getLast());
        });
      }
    }
    System.out.println(warehouse + ": " + QUERIES + " questions, " + refused + " refused, rollups read " + used);
    assertThat(differences).isEmpty();
    assertThat(used.values().stream().mapToInt(Integer::intValue).sum()).as("answers from rollups").isGreaterThan(QUERIES / 8);
    assertThat(used).doesNotContainKeys("lines_stale", "lines_other_definition");
  }

  private static Optional<String> difference(Answer expected, Answer actual, MetricQuery query, AtomicInteger refused) {
    return switch (expected) {
      case Answer.Rows want -> actual instanceof Answer.Rows got
          ? new TableDifference(1e-9, !query.orderBy().isEmpty()).between(want.table(), got.table())
          : isGivenUp(actual) ? Optional.empty() : Optional.of("expected rows, got " + actual);
      case Answer.Refusal refusal -> {
        refused.incrementAndGet();
        boolean same = isGivenUp(expected) || actual instanceof Answer.Refusal other
            && codes(other).equals(codes(refusal));
        yield same ? Optional.empty() : Optional.of("expected " + refusal + ", got " + actual);
      }
    };
  }

  private static List<String> codes(Answer.Refusal refusal) {
    return refusal.complaints().stream().map(Answer.Complaint::code).toList();
  }

  private static boolean isGivenUp(Answer answer) {
    return answer instanceof Answer.Refusal refusal && codes(refusal).contains("DEADLINE_EXCEEDED");
  }

  private static Answer ask(QueryEngine engine, MetricQuery query, List<String> rollups) {
    QueryControl control = new QueryControl("asked", Optional.of(Instant.now().plus(PATIENCE)));
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, control)) {
      Optional.ofNullable(result.facts().notes().get("rollup")).ifPresent(names -> rollups.addAll(List.of(names.split(", ", -1))));
      return new Answer.Rows(ArrowTables.read(result));
    } catch (SextantException e) {
      return new Answer.Refusal(e.issues()
          .stream()
          .map(issue -> new Answer.Complaint(issue.code().name(), issue.message(), issue.position()))
          .toList());
    }
  }

  private static List<String> values(String item, RolledUpShop shop) {
    Answer answer = ask(shop.without(), MetricQuery.of(List.of(), List.of(item)), new ArrayList<>());
    return answer instanceof Answer.Rows rows ? rows.table()
        .rows()
        .stream()
        .map(List::getFirst)
        .filter(dev.sextant.conformance.Value.Text.class::isInstance)
        .map(value -> "'" + ValueText.of(value).replace("'", "''") + "'")
        .limit(20)
        .toList() : List.of();
  }
}
