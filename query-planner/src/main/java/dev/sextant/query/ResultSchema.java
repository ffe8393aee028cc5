// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.DataType;
import java.util.List;
import java.util.Optional;

/** The columns of an answer, in order. */
public record ResultSchema(List<Column> columns) {

  /** What a column holds. */
  public enum Role {
    GROUP_BY, METRIC
  }

  /** A column's name as the query asked for it, its type, and what the model tells about it. */
  public record Column(String name, DataType type, Role role, Optional<String> label) {}

  public ResultSchema {
    columns = List.copyOf(columns);
  }
}
