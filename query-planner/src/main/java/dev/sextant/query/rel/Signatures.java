// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.Expr;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** How many arguments functions take, and of what kind the first is, where all warehouses agree; the rest is theirs to say. */
record Signatures(int fewest, int most, Family first) {
  private static final Signatures ANY = new Signatures(0, Integer.MAX_VALUE, Family.ANYTHING);

  /** Refuses a call that no warehouse could answer. */
  static void check(Expr.Call call, List<RexNode> arguments) {
    Signatures signature = of(call.operator());
    int given = arguments.size();
    if (given < signature.fewest || given > signature.most) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "'" + call.operator() + "' takes " + signature.count() + ", not " + given + ".");
    }
    if (given > 0 && !signature.first.comparesWith(Family.of(arguments.getFirst().getType()))) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "'" + Texts.of(call) + "' needs a " + (signature.first == Family.TEXT ? "text" : "number")
          + " where it has a value of type " + Types.fromCalcite(arguments.getFirst().getType()) + ". Cast it.");
    }
  }

  private String count() {
    String range = fewest == most ? String.valueOf(fewest) : most == Integer.MAX_VALUE ? fewest + " or more" : fewest + " to " + most;
    return range + (most == 1 ? " argument" : " arguments");
  }

  private static Signatures of(String function) {
    return switch (function) {
      case "now", "current_date", "current_timestamp", "today", "pi" -> exactly(0, Family.ANYTHING);
      case "lower", "upper", "initcap", "reverse", "ascii", "char_length", "character_length", "strlen" -> exactly(1, Family.TEXT);
      case "trim", "ltrim", "rtrim", "btrim" -> new Signatures(1, 2, Family.TEXT);
      case "left", "right", "repeat", "strpos", "instr", "starts_with", "ends_with" -> exactly(2, Family.TEXT);
      case "substring", "substr" -> new Signatures(2, 3, Family.TEXT);
      case "replace", "translate", "split_part" -> exactly(3, Family.TEXT);
      case "sqrt", "cbrt", "ln", "log2", "log10", "exp", "degrees", "radians", "sin", "cos", "tan", "asin", "acos", "atan", "abs", "sign",
          "floor", "ceil", "ceiling" ->
          exactly(1, Family.NUMBER);
      case "power", "pow", "mod", "div", "atan2" -> exactly(2, Family.NUMBER);
      case "round", "trunc", "log" -> new Signatures(1, 2, Family.NUMBER);
      case "length", "len", "year", "month", "day", "quarter", "week", "hour", "minute", "second", "dayofweek", "dayofyear", "last_day" ->
          exactly(1, Family.ANYTHING);
      case "nullif", "ifnull", "nvl" -> exactly(2, Family.ANYTHING);
      case "date_trunc" -> new Signatures(2, 3, Family.TEXT);
      case "coalesce", "greatest", "least", "concat" -> new Signatures(1, Integer.MAX_VALUE, Family.ANYTHING);
      default -> ANY;
    };
  }

  private static Signatures exactly(int count, Family first) {
    return new Signatures(count, count, first);
  }
}
