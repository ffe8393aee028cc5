// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Documentation;
import dev.sextant.model.Metric;
import dev.sextant.query.ItemName;
import java.util.List;
import java.util.Optional;

/**
 * A virtual table: a view, a dataset with metrics, or all metrics. {@code base} is the one dataset whose rows it has, where there is one;
 * {@code time} is what {@code metric_time} means for its rows.
 */
public record SemanticTable(String name, List<Column> columns, Optional<Dataset> base, Optional<Dimension.Time> time,
    Documentation documentation) {

  /** A column of a virtual table. */
  public sealed interface Column {
    String name();

    Documentation documentation();
  }

  /** A dimension or entity. */
  public record ItemColumn(String name, ItemName item, Documentation documentation) implements Column {}

  /** A measure column: a metric. */
  public record MetricColumn(String name, Metric metric) implements Column {
    @Override
    public Documentation documentation() {
      return metric.header().documentation();
    }
  }

  public SemanticTable {
    columns = List.copyOf(columns);
  }
}
