// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.postgres.PostgresProjects;
import dev.sextant.conformance.sql.SqlProject;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damaged statements are answered or refused, never met with an error of ours or a warehouse's. {@code -Dsextant.damaged=50000 -Dsextant.seed=7} tries
 * more, {@code -Dsextant.damaged.postgres=true} asks PostgreSQL.
 */
class DamagedSqlTest {
  private static final int STATEMENTS = Integer.getInteger("sextant.damaged", 1500);
  private static final long SEED = Long.getLong("sextant.seed", 20_260_101L);
  private static final int MOST_FAILURES = Integer.getInteger("sextant.failures", 10);
  private static final int MADE_UP = 60;
  private static final List<String> OUR_FAULT = List.of(QueryIssue.INTERNAL.name(), QueryIssue.WAREHOUSE_ERROR.name(),
      QueryIssue.WAREHOUSE_SCHEMA.name(), QueryIssue.DEADLINE_EXCEEDED.name());

  @Test
  void damagedStatementsAreAnsweredOrRefused() throws Exception {
    Random random = new Random(SEED);
    SqlMutator mutator = new SqlMutator(corpus(random), random);
    Map<String, Integer> outcomes = new TreeMap<>();
    Set<String> seen = new LinkedHashSet<>();
    List<String> failures = new ArrayList<>();
    try (PostgresProjects copies = new PostgresProjects();
        SqlProject shop = Boolean.getBoolean("sextant.damaged.postgres") ? SqlProject.in(copies.copy(ProjectFolders.find("shop")))
            : SqlProject.shop()) {
      for (int i = 0; i < STATEMENTS && failures.size() < MOST_FAILURES; i++) {
        String sql = mutator.next();
        String outcome = switch (shop.door().ask(new Question.Sql(sql))) {
          case Answer.Rows rows -> "answered";
          case Answer.Refusal refusal -> {
            Answer.Complaint complaint = refusal.complaints().getFirst();
            if (OUR_FAULT.contains(complaint.code()) && seen.add(kind(complaint.message()))) {
              failures.add(complaint.code() + ": " + sql + "\n  " + complaint.message());
              System.out.println(failures.getLast());
            }
            yield complaint.code();
          }
        };
        outcomes.merge(outcome, 1, Integer::sum);
      }
    }
    System.out.println("damaged statements: " + outcomes);
    assertThat(failures).isEmpty();
  }

  private static String kind(String message) {
    return message.replaceAll("[\"'].*?[\"']|\\d+", "#").substring(0, Math.min(60, message.replaceAll("[\"'].*?[\"']|\\d+", "#").length()));
  }

  private static List<String> corpus(Random random) {
    List<String> corpus = new ArrayList<>(SqlShapes.ALL);
    for (int i = 0; i < MADE_UP; i++) {
      ToolSql.Tool tool = ToolSql.Tool.values()[i % ToolSql.Tool.values().length];
      corpus.add(ToolSql.of(new SqlAskGenerator(random).next(), tool, random.nextInt(3), random));
    }
    return corpus;
  }
}
