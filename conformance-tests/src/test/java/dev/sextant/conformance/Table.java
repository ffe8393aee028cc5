// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance;

import dev.sextant.model.DataType;
import java.util.List;

/** Named, typed columns and rows of values. */
public record Table(List<Column> columns, List<List<Value>> rows) {

  /** A column's name and type. */
  public record Column(String name, DataType type) {}

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
