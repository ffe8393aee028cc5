// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The context in which a question asks for its first metric once more: in the words of AT, and as conditions on flat rows beside a group. */
final class AtContexts {
  /** The alias of the groups that flat rows are compared with. */
  static final String GROUP = "g";

  private AtContexts() {}

  static boolean concerns(SqlAsk ask) {
    return switch (ask.above()) {
      case AT_ALL, AT_ALL_KEY, AT_SET, AT_VISIBLE, AT_WHERE, AT_CURRENT -> true;
      default -> false;
    };
  }

  /** What stands within AT. */
  static String modifiers(SqlAsk ask, Function<String, String> names) {
    SqlAsk.Part key = ask.keys().getFirst();
    String column = names.apply(key.column());
    return switch (ask.above()) {
      case AT_ALL_KEY -> "all " + column;
      case AT_SET -> "set " + column + " = " + constant(key.column());
      case AT_VISIBLE -> "visible all";
      case AT_WHERE -> "where " + (ask.conditions().isEmpty() ? "1 = 1" : ask.conditions().getFirst().over(column(ask, names)));
      case AT_CURRENT -> isNamed(key) ? "where " + key.over(column) + " is not distinct from current " + key.over(column) : "all";
      default -> "all";
    };
  }

  private static String column(SqlAsk ask, Function<String, String> names) {
    return names.apply(ask.conditions().getFirst().column());
  }

  /** CURRENT takes a name or a call. */
  private static boolean isNamed(SqlAsk.Part key) {
    return key.sql().matches("@|[a-z_]+\\([^()]*\\)");
  }

  /** What flat rows of the context have in common with the group. */
  static List<String> conditions(SqlAsk ask) {
    SqlAsk.Part key = ask.keys().getFirst();
    String column = '"' + key.column() + '"';
    return switch (ask.above()) {
      case AT_ALL_KEY -> without(ask, key.column());
      case AT_SET -> {
        List<String> rest = new ArrayList<>(without(ask, key.column()));
        rest.add(column + " is not distinct from " + constant(key.column()));
        yield rest;
      }
      case AT_VISIBLE -> ask.conditions().stream().map(AtContexts::flat).toList();
      case AT_WHERE -> ask.conditions().isEmpty() ? List.of() : List.of(flat(ask.conditions().getFirst()));
      case AT_CURRENT -> isNamed(key) ? List.of(same(key, 1)) : List.of();
      default -> List.of();
    };
  }

  private static List<String> without(SqlAsk ask, String column) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < ask.keys().size(); i++) {
      if (!ask.keys().get(i).column().equals(column)) {
        rest.add(same(ask.keys().get(i), i + 1));
      }
    }
    ask.conditions().stream().filter(condition -> !condition.column().equals(column)).map(AtContexts::flat).forEach(rest::add);
    return rest;
  }

  private static String same(SqlAsk.Part key, int place) {
    return "(" + flat(key) + ") is not distinct from " + GROUP + ".k" + place;
  }

  private static String flat(SqlAsk.Part part) {
    return "(" + part.over('"' + part.column() + '"') + ")";
  }

  private static String constant(String column) {
    FlatOrders.Kind kind = FlatOrders.COLUMNS.stream().filter(one -> one.name().equals(column)).findFirst().orElseThrow().kind();
    return switch (kind) {
      case TEXT -> "'gold'";
      case NUMBER -> "3";
      case TRUTH -> "true";
      case TIME -> "timestamp '2026-01-31 23:59:59'";
      case DAY -> "date '2025-12-30'";
    };
  }
}
