// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.DataType;
import dev.sextant.model.Documentation;
import java.util.List;

/** A virtual table as catalogs show it: a view, or a dataset that owns metrics. */
public record TableEntry(String name, Kind kind, List<Column> columns, Documentation documentation) {

  /** What a virtual table is made from. */
  public enum Kind {
    VIEW, DATASET
  }

  /** What a column stands for. */
  public enum Role {
    CATEGORICAL, TIME, METRIC
  }

  /**
   * A column under the table's own name for it; {@code of} is the metric or group-by item to ask for. {@code grains} is empty unless it is a
   * time whose grain is open, and {@code type} is OTHER where the model and the tables it reads do not tell.
   */
  public record Column(String name, String of, Role role, DataType type, List<String> grains, Documentation documentation) {
    public Column {
      grains = List.copyOf(grains);
    }
  }

  public TableEntry {
    columns = List.copyOf(columns);
  }
}
