// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Issues;
import dev.sextant.model.SextantException;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.FilterDef;
import java.util.List;
import java.util.Locale;

/** Reads the expressions of definitions. */
final class Exprs {
  private static final Expr UNREADABLE = new Expr.Literal(DataType.NULL, "");

  private final Issues issues;
  private final Places places;

  Exprs(Issues issues, Places places) {
    this.issues = issues;
    this.places = places;
  }

  /** An expression over a table's columns. */
  Expr ofColumns(Located<String> text) {
    return register(parse(text), text);
  }

  /** An expression over names of the model, which are lower-case. */
  Expr ofNames(Located<String> text) {
    Expr lower = parse(text)
        .rewrite(part -> part instanceof Expr.Column column ? new Expr.Column(column.name().toLowerCase(Locale.ROOT), column.at()) : part);
    return register(lower, text);
  }

  List<Expr> filters(List<FilterDef> filters) {
    return filters.stream().flatMap(FilterDef::conditions).map(this::ofNames).toList();
  }

  private Expr parse(Located<String> text) {
    try {
      return ExprParser.parse(text.value(), text.scalar()::place);
    } catch (SextantException e) {
      issues.add(e.issue());
      return UNREADABLE;
    }
  }

  private Expr register(Expr expr, Located<String> text) {
    places.put(expr, text);
    return expr;
  }
}
