// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.postgres.PostgresProjects;
import dev.sextant.conformance.sql.SqlProject;
import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random semantic SQL in the manner of several tools: the engine answers as plain SQL over hand-written flat rows does, and as the same metric
 * query where there is one. {@code -Dsextant.sql=2000 -Dsextant.seed=7} asks more and others, {@code -Dsextant.sql.postgres=true} has PostgreSQL
 * answer while the flat rows stay in DuckDB.
 */
class RandomSqlTest {
  private static final int STATEMENTS = Integer.getInteger("sextant.sql", 200);
  private static final long SEED = Long.getLong("sextant.seed", 20_260_101L);
  private static final int MOST_FAILURES = Integer.getInteger("sextant.failures", 8);
  private static final boolean POSTGRES = Boolean.getBoolean("sextant.sql.postgres");
  private static final int DEEPEST = 4;
  private static final double TOLERANCE = 1e-9;
  /** Neighbouring seeds begin alike without it. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final List<String> failures = new ArrayList<>();
  private final Map<SqlAsk.Above, Integer> asked = new TreeMap<>();
  private final SqlProject oracle = SqlProject.shop();
  private int byMetrics;

  @Test
  void semanticSqlMeansWhatPlainSqlOverFlatRowsMeansAndWhatMetricQueriesMean() throws Exception {
    try (PostgresProjects copies = new PostgresProjects();
        SqlProject flat = oracle;
        SqlProject shop = POSTGRES ? SqlProject.in(copies.copy(ProjectFolders.find("shop"))) : SqlProject.shop()) {
      for (long seed = SEED; seed < SEED + STATEMENTS && failures.size() < MOST_FAILURES; seed++) {
        ask(seed, shop);
      }
    }
    System.out.println(STATEMENTS + " random statements answered " + (POSTGRES ? "by PostgreSQL" : "by DuckDB")
        + " as flat rows answer, " + byMetrics + " of them as metric queries do: " + asked);
    assertThat(failures).isEmpty();
    assertThat(byMetrics).isGreaterThan(STATEMENTS / 10);
  }

  private void ask(long seed, SqlProject shop) {
    Random random = new Random(seed * SPREAD);
    SqlAsk ask = new SqlAskGenerator(random).next();
    asked.merge(ask.above(), 1, Integer::sum);
    ToolSql.Tool tool = ToolSql.Tool.values()[random.nextInt(ToolSql.Tool.values().length)];
    int depth = random.nextInt(DEEPEST);
    long style = random.nextLong();
    difference(ask, tool, depth, style, shop).ifPresent(difference -> {
      SqlAsk shrunk = shrink(ask, tool, depth, style, shop);
      int shallow = difference(shrunk, tool, 0, style, shop).isPresent() ? 0 : depth;
      failures.add("seed " + seed + " (" + tool + "): " + ToolSql.of(shrunk, tool, shallow, new Random(style)) + "\n  "
          + difference(shrunk, tool, shallow, style, shop).orElse(difference));
      System.out.println(failures.getLast());
    });
  }

  private Optional<String> difference(SqlAsk ask, ToolSql.Tool tool, int depth, long style, SqlProject shop) {
    Answer answer = shop.door().ask(new Question.Sql(ToolSql.of(ask, tool, depth, new Random(style))));
    if (!(answer instanceof Answer.Rows rows)) {
      return Optional.of(answer.toString());
    }
    Table expected = oracle.warehouse(FlatSql.of(ask));
    Optional<String> fromFlat = compare(expected, rows.table(), ask).map(text -> "flat rows say otherwise: " + text);
    return fromFlat.isPresent() ? fromFlat : fromMetrics(ask, rows.table(), shop);
  }

  private Optional<String> fromMetrics(SqlAsk ask, Table actual, SqlProject shop) {
    Optional<MetricQuery> query = AskedMetrics.of(ask);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    byMetrics++;
    return switch (shop.door().ask(new Question.Metrics(query.get()))) {
      case Answer.Rows rows ->
          compare(AskedMetrics.asked(rows.table()), actual, ask).map(text -> "the metric query says otherwise: " + text);
      case Answer.Refusal refusal -> Optional.of("the metric query is refused: " + refusal);
    };
  }

  private static Optional<String> compare(Table expected, Table actual, SqlAsk ask) {
    return new TableDifference(TOLERANCE, ask.above() == SqlAsk.Above.TOP).between(expected, actual);
  }

  private SqlAsk shrink(SqlAsk ask, ToolSql.Tool tool, int depth, long style, SqlProject shop) {
    for (SqlAsk smaller : smaller(ask)) {
      if (difference(smaller, tool, depth, style, shop).isPresent()) {
        return shrink(smaller, tool, depth, style, shop);
      }
    }
    return ask;
  }

  private static List<SqlAsk> smaller(SqlAsk ask) {
    List<SqlAsk> smaller = new ArrayList<>();
    if (ask.groups() && ask.above() != SqlAsk.Above.NOTHING) {
      smaller.add(ask.withAbove(SqlAsk.Above.NOTHING));
    }
    for (int i = 0; i < ask.conditions().size(); i++) {
      smaller.add(ask.with(ask.keys(), ask.metrics(), without(ask.conditions(), i)));
    }
    for (int i = 0; i < ask.metrics().size() && ask.metrics().size() > 1; i++) {
      smaller.add(ask.with(ask.keys(), without(ask.metrics(), i), ask.conditions()));
    }
    for (int i = 0; i < ask.keys().size() && ask.keys().size() > (ask.above() == SqlAsk.Above.NOTHING ? 0 : 1); i++) {
      smaller.add(ask.with(without(ask.keys(), i), ask.metrics(), ask.conditions()));
    }
    return smaller;
  }

  private static <T> List<T> without(List<T> all, int place) {
    List<T> rest = new ArrayList<>(all);
    rest.remove(place);
    return rest;
  }
}
