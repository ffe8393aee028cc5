// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Comparison;
import dev.sextant.conformance.scalar.Scalars;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.expr.ExprParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Aggregates in a warehouse's SQL, as far as they are made of common ones: {@code max({expr}) - min({expr})}. */
final class CustomAggregates {
  private static final String ARGUMENT = "argument";

  private CustomAggregates() {}

  /** The result over the values, none of which is NULL. */
  static Value of(String sql, List<Value> values) {
    Map<String, Value> results = new HashMap<>();
    Expr composed = ExprParser.parse(sql.replace("{expr}", ARGUMENT), new Position("", 1, 1)).rewrite(node -> {
      if (node instanceof Expr.Call call && call.arguments().size() == 1 && isArgument(call.arguments().getFirst())) {
        results.put(call.operator(), aggregate(call.operator(), values));
        return Expr.column(call.operator());
      }
      return node;
    });
    return new Scalars(name -> {
      if (name instanceof Expr.Column column && results.containsKey(column.name())) {
        return results.getOrDefault(column.name(), Value.NULL);
      }
      throw new UnknownToTheOracle("the aggregate " + sql);
    }).evaluate(composed);
  }

  private static boolean isArgument(Expr expr) {
    return expr instanceof Expr.Column column && column.name().equals(ARGUMENT);
  }

  private static Value aggregate(String name, List<Value> values) {
    if (name.equals("count")) {
      return Value.Exact.of(values.size());
    }
    if (values.isEmpty()) {
      return Value.NULL;
    }
    return switch (name) {
      case "sum" -> Aggregates.sum(values);
      case "avg" -> Aggregates.mean(values);
      case "min" -> values.stream().min(Comparison::compare).orElseThrow();
      case "max" -> values.stream().max(Comparison::compare).orElseThrow();
      default -> throw new UnknownToTheOracle("the aggregate " + name);
    };
  }
}
