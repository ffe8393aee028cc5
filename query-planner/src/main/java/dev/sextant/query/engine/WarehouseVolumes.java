// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import dev.sextant.query.dialect.Dialect;
import dev.sextant.query.dialect.Dialects;
import dev.sextant.query.plan.asof.Volumes;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.rel.PlanToRel;
import dev.sextant.query.rel.Types;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/** Asks the warehouse that a plan reads. */
record WarehouseVolumes(Function<String, Warehouse> warehouses, CachedSchemas schemas, QueryControl control) implements Volumes {

  private Warehouse warehouse(PlanNode plan) {
    return warehouses.apply(PlanSplit.warehouses(plan).getFirst());
  }

  private Dialect dialect(PlanNode plan) {
    return Dialects.named(warehouse(plan).dialect());
  }

  private RelNode lowered(PlanNode plan) {
    return new PlanToRel(schemas, dialect(plan).features()).lower(plan);
  }

  @Override
  public Set<DialectFeature> features(PlanNode plan) {
    return PlanSplit.warehouses(plan).size() == 1 ? dialect(plan).features() : Collections.emptySet();
  }

  @Override
  public Map<String, DataType> types(PlanNode plan) {
    Map<String, DataType> types = new LinkedHashMap<>();
    lowered(plan).getRowType().getFieldList().forEach(field -> types.put(field.getName(), Types.fromCalcite(field.getType())));
    return types;
  }

  @Override
  public List<Long> counts(PlanNode plan) {
    try (ArrowBatches rows = warehouse(plan).run(dialect(plan).write(lowered(plan)), control)) {
      if (!rows.loadNext()) {
        throw new IllegalStateException("a count has no row");
      }
      return rows.root().getFieldVectors().stream().map(vector -> ((Number) vector.getObject(0)).longValue()).toList();
    }
  }
}
