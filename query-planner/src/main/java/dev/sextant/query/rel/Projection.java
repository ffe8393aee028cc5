// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Makes projections, none where the fields already are what is wanted. Calcite's own factory methods ask for metadata, whose handlers it
 * generates and compiles on first use; nothing here needs them.
 */
public final class Projection {
  private Projection() {}

  /** Returns an expression whose fields are {@code nodes} over the input, under these names. */
  public static RelNode of(RelNode input, List<RexNode> nodes, List<String> names) {
    if (namesItsColumns(input) && isSame(input, nodes, names)) {
      return input;
    }
    RelDataType row = RexUtil.createStructType(input.getCluster().getTypeFactory(), nodes, names, SqlValidatorUtil.F_SUGGESTER);
    return new LogicalProject(input.getCluster(), input.getTraitSet(), List.of(), input, nodes, row, Collections.emptySet());
  }

  /** Whether the SQL of an expression lists its columns; where it does not, it says {@code *}, which may be more than what is read here. */
  static boolean namesItsColumns(RelNode rel) {
    return rel instanceof Project || rel instanceof Aggregate
        || (rel instanceof Filter || rel instanceof Sort) && namesItsColumns(rel.getInput(0));
  }

  private static boolean isSame(RelNode input, List<RexNode> nodes, List<String> names) {
    if (!names.equals(input.getRowType().getFieldNames())) {
      return false;
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (!(nodes.get(i) instanceof RexInputRef ref) || ref.getIndex() != i) {
        return false;
      }
    }
    return true;
  }
}
