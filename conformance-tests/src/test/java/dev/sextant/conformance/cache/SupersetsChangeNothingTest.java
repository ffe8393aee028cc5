// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.property.SmallShop;
import dev.sextant.conformance.script.QueryPrinter;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random questions have the same answers when they are made from kept answers that hold more.
 * {@code -Dsextant.queries=5000 -Dsextant.seed=7} asks more and others.
 */
class SupersetsChangeNothingTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 60);
  private static final long SEED = Long.getLong("sextant.seed", 20_261_130L);
  private static final int NARROWER = 4;

  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> told = new TreeMap<>();

  @Test
  void madeFromOthersIsAskedDirectly(@TempDir Path folder) throws Exception {
    try (CachedShop shop = new CachedShop(SmallShop.in(folder))) {
      QueryEngine server = shop.server();
      NestedQuestions questions = new NestedQuestions(shop.model(), shop::values, SEED);
      for (int i = 0; i < QUERIES && differences.size() < 8;) {
        MetricQuery wide = questions.wide();
        if (!(CachedShop.ask(server, wide, Caller.ANONYMOUS).answer() instanceof Answer.Rows)) {
          continue;
        }
        for (int j = 0; j < NARROWER; j++, i++) {
          compare(questions.narrow(wide), wide, server, shop.fresh());
        }
      }
      System.out.println(QUERIES + " questions: " + told + ", " + shop.counts());
    }
    assertThat(differences).isEmpty();
    assertThat(told.getOrDefault("superset", 0)).isGreaterThan(QUERIES / 6);
    assertThat(told.getOrDefault("miss", 0)).isGreaterThan(QUERIES / 8);
  }

  @Test
  void daysOfAnotherZoneAreOtherDays(@TempDir Path folder) throws Exception {
    String range = " from 2024-01-01 to 2024-05-31";
    try (CachedShop shop = new CachedShop(SmallShop.in(folder))) {
      QueryEngine server = shop.server();
      MetricQuery wide = QueryText.parse("query completed_orders by customer__segment, currency__currency_name" + range);
      CachedShop.ask(server, wide, Caller.ANONYMOUS);
      compare(QueryText.parse("query completed_orders by customer__segment" + range), wide, server, shop.fresh());
      assertThat(told).containsExactly(Map.entry("superset", 1));
      compare(QueryText.parse("query completed_orders by customer__segment" + range + " zone Asia/Tokyo"), wide, server, shop.fresh());
    }
    assertThat(told).containsOnly(Map.entry("superset", 1), Map.entry("miss", 1));
    assertThat(differences).isEmpty();
  }

  private void compare(MetricQuery query, MetricQuery wide, QueryEngine server, QueryEngine fresh) {
    Answer expected = CachedShop.ask(fresh, query, Caller.ANONYMOUS).answer();
    CachedShop.Told first = CachedShop.ask(server, query, Caller.ANONYMOUS);
    CachedShop.Told second = CachedShop.ask(server, query, Caller.ANONYMOUS);
    told.merge(first.cache(), 1, Integer::sum);
    for (CachedShop.Told answer : List.of(first, second)) {
      difference(expected, answer.answer(), query).ifPresent(text -> {
        differences.add(QueryPrinter.print(query) + "\n  " + answer.cache() + " after " + QueryPrinter.print(wide) + "\n  " + text);
        System.out.println(differences.getLast());
      });
    }
  }

  static Optional<String> difference(Answer expected, Answer actual, MetricQuery query) {
    return expected instanceof Answer.Rows want && actual instanceof Answer.Rows got
        ? want.table().columns().equals(got.table().columns())
            ? new TableDifference(1e-9, !query.orderBy().isEmpty()).between(want.table(), got.table())
            : Optional.of("expected the columns " + want.table().columns() + ", got " + got.table().columns())
        : expected.equals(actual) ? Optional.empty() : Optional.of("expected " + expected + ", got " + actual);
  }
}
