// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.DataType;
import java.util.List;
import java.util.Optional;

/** The columns of a table or query, as the warehouse reports them; its rows are {@code plain} where they are known to come from no outer join. */
public record TableColumns(List<Column> columns, boolean plain) {

  /** A column's name in the warehouse's own spelling, and its type. */
  public record Column(String name, DataType type) {}

  public TableColumns {
    columns = List.copyOf(columns);
  }

  /** Columns of rows that may come from anywhere. */
  public TableColumns(List<Column> columns) {
    this(columns, false);
  }

  /** Finds a column, ignoring case when no name matches exactly. */
  public Optional<Column> column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(() -> columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst());
  }
}
