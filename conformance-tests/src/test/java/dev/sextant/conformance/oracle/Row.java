// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Scalars;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Expr;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A row of a table; {@code index} finds columns by their names in lower case. */
final class Row {
  private final Map<String, Integer> index;
  private final List<Value> cells;
  private final Map<Expr, Value> known = new IdentityHashMap<>(2);
  private final Scalars scalars = new Scalars(this::column);

  Row(Map<String, Integer> index, List<Value> cells) {
    this.index = index;
    this.cells = cells;
  }

  /** The value of an expression over the table's columns. */
  Value evaluate(Expr expr) {
    return expr instanceof Expr.Column ? column(expr) : known.computeIfAbsent(expr, scalars::evaluate);
  }

  /** The same where {@code members} gives what the row is joined to. */
  Value evaluate(Expr expr, Function<Expr, Value> members) {
    return new Scalars(name -> name instanceof Expr.Column ? column(name) : members.apply(name)).evaluate(expr);
  }

  private Value column(Expr name) {
    if (!(name instanceof Expr.Column column)) {
      throw new UnknownToTheOracle("members in the expressions of datasets, such as " + name);
    }
    Integer position = index.get(column.name().toLowerCase(Locale.ROOT));
    if (position == null) {
      throw new UnknownToTheOracle("the column " + column.name());
    }
    return cells.get(position);
  }
}
