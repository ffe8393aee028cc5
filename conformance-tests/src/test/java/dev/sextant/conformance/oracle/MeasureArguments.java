// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a measure aggregates of a row: columns of its own table, and in braces what the row is joined to. */
record MeasureArguments(List<Expr> exprs, Map<Expr, ItemName> joined) {

  static MeasureArguments of(Measure measure, SemanticModel model) {
    List<Expr> exprs = new ArrayList<>(List.of(measure.expr()));
    exprs.addAll(measure.furtherArguments());
    List<Expr> members = new ArrayList<>();
    exprs.forEach(expr -> expr.visit(node -> {
      if (node instanceof Expr.Member) {
        members.add(node);
      }
    }));
    return new MeasureArguments(exprs, Conditions.read(members, model).items());
  }

  /** The row's values; {@code items} gives those of what it is joined to. */
  List<Value> of(Row row, Function<ItemName, Value> items) {
    return exprs.stream()
        .map(expr -> row.evaluate(expr, member -> joined.entrySet()
            .stream()
            .filter(one -> one.getKey().equals(member))
            .findFirst()
            .map(one -> items.apply(one.getValue()))
            .orElseThrow()))
        .toList();
  }
}
