// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.sql.node.Done;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Litmus;

/** Tells whether two expressions of a block are the same, however their columns are qualified. */
final class SameExpressions {
  private final Rewriting context;
  private final Scope scope;

  SameExpressions(Rewriting context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  boolean same(SqlNode one, SqlNode other) {
    if (one instanceof SqlIdentifier a && other instanceof SqlIdentifier b) {
      return !a.isStar() && !b.isStar() && !(a instanceof Done) && !(b instanceof Done) && sameName(a, b);
    }
    if (one instanceof SqlCall a && other instanceof SqlCall b) {
      return a.getKind() == b.getKind() && SqlNodes.functionName(a).equals(SqlNodes.functionName(b))
          && a.getOperandList().size() == b.getOperandList().size() && allSame(a.getOperandList(), b.getOperandList());
    }
    if (one instanceof SqlNodeList a && other instanceof SqlNodeList b) {
      return a.size() == b.size() && allSame(a, b);
    }
    return one.equalsDeep(other, Litmus.IGNORE);
  }

  private boolean sameName(SqlIdentifier a, SqlIdentifier b) {
    return a.equalsDeep(b, Litmus.IGNORE) || scope.find(a, context).isPresent() && scope.find(a, context).equals(scope.find(b, context))
        || a.isSimple() && b.isSimple() && a.getSimple().equalsIgnoreCase(b.getSimple());
  }

  private boolean allSame(List<? extends SqlNode> all, List<? extends SqlNode> others) {
    for (int i = 0; i < all.size(); i++) {
      SqlNode one = all.get(i);
      SqlNode other = others.get(i);
      boolean alike = one == null ? other == null : other != null && same(one, other);
      if (!alike) {
        return false;
      }
    }
    return true;
  }
}
