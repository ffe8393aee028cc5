// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.SextantException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Types a condition as it was asked, so that what does not go together is told in the asker's words and not in those of the plan. */
public final class ConditionTypes {
  private static final RexBuilder REX = new RexBuilder(Types.factory());

  private final Function<Expr, DataType> types;

  /** {@code types} gives the type of a column or metric in braces, OTHER where nobody knows. */
  public ConditionTypes(Function<Expr, DataType> types) {
    this.types = types;
  }

  /** The smallest part of a condition that is wrong, and why. */
  public record Fault(Expr part, SextantException why) {}

  public Optional<Fault> check(Expr condition) {
    ExprToRex converter = new ExprToRex(REX, name -> typed(types.apply(Expr.column(name))));
    try {
      var unused = converter.condition(known(condition));
      return Optional.empty();
    } catch (SextantException wrong) {
      return Optional.of(smallest(condition, converter).orElse(new Fault(condition, wrong)));
    }
  }

  private Optional<Fault> smallest(Expr expr, ExprToRex converter) {
    for (Expr child : expr.children()) {
      Optional<Fault> fault = smallest(child, converter);
      if (fault.isPresent()) {
        return fault;
      }
    }
    try {
      var unused = converter.convert(known(expr));
      return Optional.empty();
    } catch (SextantException wrong) {
      return Optional.of(new Fault(expr, wrong));
    }
  }

  /** Metrics in braces are columns for the types' sake. */
  private static Expr known(Expr expr) {
    return expr.rewrite(node -> node instanceof Expr.Member member ? Expr.column(member.name()) : node);
  }

  private static RexNode typed(DataType type) {
    return REX.makeInputRef(Types.toCalcite(type, REX.getTypeFactory()), 0);
  }
}
