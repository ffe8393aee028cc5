// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/** Rows that a statement names once and reads in several places. Those of the same name are the same. */
public final class SharedRows extends SingleRel {
  private final String name;

  SharedRows(RelNode input, String name) {
    super(input.getCluster(), input.getTraitSet(), input);
    this.name = name;
  }

  public String name() {
    return name;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SharedRows(inputs.getFirst(), name);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("name", name);
  }
}
