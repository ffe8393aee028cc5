// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Compares a reply to what a case expects, by the rules of the suites' own runner. */
public final class CaseComparison {
  private static final int EXCERPT = 220;

  private CaseComparison() {}

  /** Why the reply is not the expected one; nothing if it is. */
  public static Optional<String> difference(SuiteCase suiteCase, Reply reply) {
    JsonNode expected = suiteCase.expected();
    if (expected.has("error")) {
      boolean typed = reply.status() >= 400 && reply.status() < 500 && !reply.body().path("error").path("code").asText("").isEmpty();
      return typed ? Optional.empty() : Optional.of("expected a typed error, got " + reply.status() + " " + excerpt(reply.body()));
    }
    if (reply.status() != 200) {
      return Optional.of(reply.status() + " " + excerpt(reply.body()));
    }
    return expected.path("runs").asBoolean() ? Optional.empty() : rows(expected, reply.body());
  }

  private static Optional<String> rows(JsonNode expected, JsonNode actual) {
    List<String> got = names(actual);
    List<String> want = names(expected);
    if (!got.stream().sorted().toList().equals(want.stream().sorted().toList())) {
      return Optional.of("columns " + got + ", expected " + want);
    }
    if (expected.has("row_count")) {
      int count = actual.path("rows").size();
      return count == expected.path("row_count").asInt()
          ? Optional.empty()
          : Optional.of(count + " rows, expected " + expected.get("row_count"));
    }
    boolean ordered = expected.path("ordered").asBoolean();
    return difference(table(want, expected, ordered), table(got, actual, ordered));
  }

  private static Optional<String> difference(List<List<Cell>> want, List<List<Cell>> got) {
    if (got.size() != want.size()) {
      return Optional.of(got.size() + " rows, expected " + want.size());
    }
    for (int row = 0; row < got.size(); row++) {
      List<Cell> mine = got.get(row);
      List<Cell> theirs = want.get(row);
      if (!IntStream.range(0, mine.size()).allMatch(i -> mine.get(i).same(theirs.get(i)))) {
        return Optional.of("row " + text(mine) + ", expected " + text(theirs));
      }
    }
    return Optional.empty();
  }

  private static List<String> names(JsonNode body) {
    return StreamSupport.stream(body.path("columns").spliterator(), false)
        .map(column -> column.isObject() ? column.path("name").asText() : column.asText())
        .toList();
  }

  private static List<List<Cell>> table(List<String> names, JsonNode body, boolean ordered) {
    List<Integer> order = IntStream.range(0, names.size()).boxed().sorted(Comparator.comparing(names::get)).toList();
    List<List<Cell>> rows = new ArrayList<>();
    body.path("rows").forEach(row -> rows.add(order.stream().map(i -> Cell.of(row.path(i))).toList()));
    if (!ordered) {
      rows.sort(CaseComparison::compareKeys);
    }
    return rows;
  }

  private static int compareKeys(List<Cell> a, List<Cell> b) {
    return IntStream.range(0, a.size())
        .map(i -> a.get(i).key().compareTo(b.get(i).key()))
        .filter(order -> order != 0)
        .findFirst()
        .orElse(0);
  }

  private static String text(List<Cell> row) {
    return row.stream().map(Cell::key).toList().toString();
  }

  private static String excerpt(JsonNode body) {
    String text = body.toString();
    return text.substring(0, Math.min(EXCERPT, text.length()));
  }
}
