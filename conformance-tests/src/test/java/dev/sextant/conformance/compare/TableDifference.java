// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.compare;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first difference between two tables in words; columns go by position, rows in any order unless they are ordered. */
public final class TableDifference {
  private final SameValues values;
  private final boolean ordered;

  public TableDifference(double relative, boolean ordered) {
    this.values = new SameValues(relative);
    this.ordered = ordered;
  }

  public Optional<String> between(Table expected, Table actual) {
    if (expected.columns().size() != actual.columns().size()) {
      return Optional.of("expected the columns " + expected.names() + ", got " + actual.names());
    }
    return ordered ? inOrder(expected.rows(), actual.rows()) : inAnyOrder(expected.rows(), actual.rows());
  }

  private Optional<String> inOrder(List<List<Value>> expected, List<List<Value>> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      if (!same(expected.get(i), actual.get(i))) {
        return Optional.of("row " + (i + 1) + ": expected " + text(expected.get(i)) + ", got " + text(actual.get(i)));
      }
    }
    return expected.size() == actual.size()
        ? Optional.empty()
        : Optional.of("expected " + expected.size() + " rows, got " + actual.size());
  }

  private Optional<String> inAnyOrder(List<List<Value>> expected, List<List<Value>> actual) {
    Map<String, List<List<Value>>> left = new LinkedHashMap<>();
    actual.forEach(row -> left.computeIfAbsent(hint(row), any -> new ArrayList<>()).add(row));
    List<List<Value>> missing = new ArrayList<>();
    for (List<Value> row : expected) {
      if (!take(row, left.getOrDefault(hint(row), new ArrayList<>()))) {
        missing.add(row);
      }
    }
    List<List<Value>> surplus = left.values().stream().flatMap(List::stream).toList();
    return missing.isEmpty() && surplus.isEmpty() ? Optional.empty() : Optional.of(describe(missing, surplus));
  }

  private boolean take(List<Value> row, List<List<Value>> candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      if (same(row, candidates.get(i))) {
        candidates.remove(i);
        return true;
      }
    }
    return false;
  }

  private boolean same(List<Value> a, List<Value> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!values.same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private String hint(List<Value> row) {
    return row.stream().map(values::hint).collect(Collectors.joining("|"));
  }

  private static String describe(List<List<Value>> missing, List<List<Value>> surplus) {
    return missing.size() + " rows are missing" + examples(missing) + ", " + surplus.size() + " are too many" + examples(surplus);
  }

  private static String examples(List<List<Value>> rows) {
    return rows.isEmpty() ? "" : rows.stream().limit(3).map(TableDifference::text).collect(Collectors.joining(" ", " (", ")"));
  }

  private static String text(List<Value> row) {
    return row.stream().map(ValueText::of).collect(Collectors.joining(" | "));
  }
}
