// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.at;

import dev.sextant.query.sql.node.Done;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;

/**
 * Which rows a measure sees: those whose dimensions equal the terms' values and that pass the filters. The context of a group has a term for each of
 * its keys and the conditions of WHERE.
 */
public record EvaluationContext(List<Term> terms, List<SqlNode> filters) {

  /** A dimension held to a value of the group; {@code rolledUp} says where it is not held because the group is a subtotal over it. */
  public record Term(SqlNode dimension, SqlNode value, Optional<SqlNode> rolledUp) {}

  public EvaluationContext {
    terms = List.copyOf(terms);
    filters = List.copyOf(filters);
  }

  /** What a context needs to know of the block: its own context, when two expressions are the same, and how a value reads in the group. */
  public interface Group {
    EvaluationContext own();

    boolean same(SqlNode a, SqlNode b);

    SqlNode value(SqlNode expression);
  }

  /** This context after a modifier. */
  public EvaluationContext after(AtModifier modifier, Group group) {
    return switch (modifier) {
      case AtModifier.All all -> new EvaluationContext(List.of(), List.of());
      case AtModifier.AllOf some -> {
        EvaluationContext left = this;
        for (SqlNode dimension : some.dimensions()) {
          left = left.without(dimension, group::same);
        }
        yield left;
      }
      case AtModifier.Set set -> {
        EvaluationContext rest = without(set.dimension(), group::same);
        List<Term> terms = new ArrayList<>(rest.terms());
        terms.add(new Term(set.dimension(), group.value(current(set.value(), group)), Optional.empty()));
        yield new EvaluationContext(terms, rest.filters());
      }
      case AtModifier.Visible visible -> {
        List<SqlNode> all = new ArrayList<>(filters);
        group.own().filters().stream().filter(filter -> !all.contains(filter)).forEach(all::add);
        yield new EvaluationContext(terms, all);
      }
      case AtModifier.Where where -> new EvaluationContext(List.of(), List.of(current(where.condition(), group)));
    };
  }

  private EvaluationContext without(SqlNode dimension, BiPredicate<SqlNode, SqlNode> same) {
    return new EvaluationContext(terms.stream().filter(term -> !mentions(term.dimension(), dimension, same)).toList(),
        filters.stream().filter(filter -> !mentions(filter, dimension, same)).toList());
  }

  private static boolean mentions(SqlNode node, SqlNode dimension, BiPredicate<SqlNode, SqlNode> same) {
    if (same.test(node, dimension)) {
      return true;
    }
    return switch (node) {
      case SqlNodeList list -> list.stream().anyMatch(one -> one != null && mentions(one, dimension, same));
      case SqlCall call -> call.getOperandList().stream().anyMatch(one -> one != null && mentions(one, dimension, same));
      default -> false;
    };
  }

  /** The expression with the value of each {@code CURRENT d} in this context, NULL where it has no single one. */
  private SqlNode current(SqlNode node, Group group) {
    return switch (node) {
      case SqlNodeList list -> new SqlNodeList(list.stream().map(one -> one == null ? null : current(one, group)).toList(), SqlNodes.POS);
      case SqlCase choice -> new SqlCase(SqlNodes.POS, choice.getValueOperand() == null ? null : current(choice.getValueOperand(), group),
          (SqlNodeList) current(choice.getWhenOperands(), group), (SqlNodeList) current(choice.getThenOperands(), group),
          choice.getElseOperand() == null ? null : current(choice.getElseOperand(), group));
      case SqlCall call when isCurrent(call) -> new Done(held(call.operand(0), group), call);
      case SqlCall call -> {
        List<SqlNode> operands = new ArrayList<>();
        call.getOperandList().forEach(one -> operands.add(one == null ? null : current(one, group)));
        yield SqlNodes.sameCall(call, operands);
      }
      default -> node;
    };
  }

  private static boolean isCurrent(SqlCall call) {
    return call.getOperator() instanceof SqlUnresolvedFunction && call.getOperator().getName().equals(AtReader.CURRENT);
  }

  private SqlNode held(SqlNode dimension, Group group) {
    Optional<SqlNode> term = terms.stream().filter(one -> group.same(one.dimension(), dimension)).map(Term::value).findFirst();
    return term.or(() -> filters.stream().flatMap(filter -> fixed(filter, dimension, group).stream()).findFirst())
        .orElseGet(() -> SqlLiteral.createNull(SqlNodes.POS));
  }

  private static Optional<SqlNode> fixed(SqlNode filter, SqlNode dimension, Group group) {
    boolean fixes = filter instanceof SqlCall call && call.getKind() == SqlKind.EQUALS && group.same(call.operand(0), dimension)
        && !(call.operand(1) instanceof SqlIdentifier);
    return fixes && ((SqlCall) filter).operand(1) instanceof SqlLiteral value ? Optional.of(value) : Optional.empty();
  }
}
