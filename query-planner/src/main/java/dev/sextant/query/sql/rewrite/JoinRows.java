// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Litmus;

/**
 * Tells which relations of a block a join may repeat rows of. A row of one relation stands once where each other relation is held to one row: by
 * equalities of all columns of a key with what is held already.
 */
final class JoinRows {
  private final Rewriting context;
  private final Scope scope;
  private final List<Equality> equalities = new ArrayList<>();

  private record Equality(SqlNode one, SqlNode other) {}

  /** {@code conditions} are those of ON and WHERE, as written. */
  JoinRows(Rewriting context, Scope scope, List<SqlNode> conditions) {
    this.context = context;
    this.scope = new Scope(scope.relations(), scope.ctes(), Optional.empty());
    conditions.forEach(this::collect);
  }

  private void collect(SqlNode condition) {
    switch (condition.getKind()) {
      case AND -> ((SqlCall) condition).getOperandList().forEach(this::collect);
      case EQUALS, IS_NOT_DISTINCT_FROM -> {
        SqlCall both = (SqlCall) condition;
        equalities.add(new Equality(both.operand(0), both.operand(1)));
      }
      case OR -> nullSafe((SqlCall) condition);
      default -> {}
    }
  }

  /** {@code a = b OR a IS NULL AND b IS NULL}. */
  private void nullSafe(SqlCall or) {
    if (or.operand(0).getKind() == SqlKind.EQUALS && or.operand(1).getKind() == SqlKind.AND) {
      SqlCall equal = or.operand(0);
      SqlCall nulls = or.operand(1);
      boolean same = nulls.getOperandList()
          .stream()
          .allMatch(one -> one.getKind() == SqlKind.IS_NULL && equal.getOperandList()
              .stream()
              .anyMatch(side -> side.equalsDeep(((SqlCall) one).operand(0), Litmus.IGNORE)))
          && !((SqlCall) nulls.operand(0)).operand(0).equalsDeep(((SqlCall) nulls.operand(1)).operand(0), Litmus.IGNORE);
      if (same) {
        collect(equal);
      }
    }
  }

  /** The block's scope, its measures marked where their rows may stand several times. */
  Scope marked(Scope all) {
    if (all.relations().size() < 2) {
      return all;
    }
    return new Scope(all.relations().stream().map(relation -> repeats(relation) ? relation.repeated() : relation).toList(), all.ctes(),
        all.outer());
  }

  /** Whether rows of a relation may stand several times in the join. */
  boolean repeats(Relation relation) {
    Set<Relation> held = new LinkedHashSet<>(List.of(relation));
    boolean more = true;
    while (more) {
      more = held.addAll(scope.relations().stream().filter(other -> !held.contains(other) && isHeld(other, held)).toList());
    }
    return held.size() < scope.relations().size();
  }

  private boolean isHeld(Relation relation, Set<Relation> held) {
    return relation.keys().stream().anyMatch(key -> key.stream().allMatch(column -> isHeld(relation, column, held)));
  }

  private boolean isHeld(Relation relation, String column, Set<Relation> held) {
    return equalities.stream()
        .anyMatch(equality -> is(equality.one(), relation, column) && isKnown(equality.other(), held)
            || is(equality.other(), relation, column) && isKnown(equality.one(), held));
  }

  private boolean is(SqlNode node, Relation relation, String column) {
    return node instanceof SqlIdentifier name && !name.isStar() && scope.find(name, context)
        .filter(found -> found.relation().equals(relation) && found.column().name().toLowerCase(Locale.ROOT).equals(column))
        .isPresent();
  }

  /** Whether an expression has one value for a row of the relations held; names of blocks around are constants here. */
  private boolean isKnown(SqlNode node, Set<Relation> held) {
    return switch (node) {
      case SqlIdentifier name when !name.isStar() -> scope.find(name, context).filter(found -> !held.contains(found.relation())).isEmpty();
      case SqlNodeList list -> list.stream().allMatch(one -> one == null || isKnown(one, held));
      case SqlCall call when call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.WITH || SqlNodes.isAggregate(call) ->
          false;
      case SqlCall call -> call.getOperandList().stream().allMatch(one -> one == null || isKnown(one, held));
      default -> true;
    };
  }
}
