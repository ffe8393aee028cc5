// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

/** Says why SQL that looks right is not an expression of the language. */
final class Hints {
  static final String NO_SUB_QUERIES = "sub-queries are not supported in expressions; give a dataset 'sql:' or filter with {{ Metric(..) }}";
  static final String NO_WINDOWS = "window functions (OVER) are not supported in expressions; use a cumulative metric or an offset";
  static final String NO_DISTINCT = "aggregates with DISTINCT are not supported in expressions; use a measure with agg: count_distinct";
  static final String NO_STAR = "'*' is not a value; to count rows use a measure with agg: count and expr: 1";

  private Hints() {}

  /** What to add to "unexpected token"; empty where nothing is known. */
  static String about(Token token) {
    return switch (token.kind()) {
      case NAME -> switch (token.lower()) {
        case "over" -> "; " + NO_WINDOWS;
        case "filter", "within" -> "; aggregates are not expressions, use a measure";
        case "select", "with", "union", "from" -> "; " + NO_SUB_QUERIES;
        case "rlike", "regexp", "similar" -> "; use a function for regular expressions";
        case "escape" -> "; like .. escape is not supported";
        default -> "";
      };
      case SYMBOL -> token.is("}}") ? "; '{{' is missing" : "";
      case QUOTED, NUMBER, STRING, END -> "";
    };
  }
}
