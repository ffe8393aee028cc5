// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.Source;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptAbstractTable;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** A table or query of a warehouse in a relational expression. */
public final class WarehouseTable extends RelOptAbstractTable {
  private final Source source;
  private final boolean plain;

  WarehouseTable(Source source, RelDataType rowType, boolean plain) {
    super(null, source.toString(), rowType);
    this.source = source;
    this.plain = plain;
  }

  public Source source() {
    return source;
  }

  /** Whether its rows are known not to come from an outer join, as those of a view may. */
  public boolean isPlain() {
    return plain;
  }

  @Override
  public List<String> getQualifiedName() {
    return switch (source) {
      case Source.Table table -> {
        List<String> names = new ArrayList<>();
        table.database().ifPresent(names::add);
        table.schema().ifPresent(names::add);
        names.add(table.name());
        yield names;
      }
      case Source.Query query -> List.of("query");
    };
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : super.unwrap(type);
  }
}
