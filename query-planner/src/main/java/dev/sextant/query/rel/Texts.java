// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.Expr;
import dev.sextant.model.expr.ExprPrinter;

/** Expressions as people write them, for messages. */
final class Texts {
  private Texts() {}

  static String of(Expr expr) {
    return ExprPrinter.print(expr);
  }
}
