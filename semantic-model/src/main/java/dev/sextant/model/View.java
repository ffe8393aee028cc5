// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** A facade: one table for SQL and one type for GraphQL, with chosen metrics and dimensions under chosen names. */
public record View(
    String name,
    List<Column> metrics,
    List<Column> dimensions,
    boolean allDimensions,
    Documentation documentation,
    Position position) {

  /** A member under a name of the view's own; {@code of} is the metric or group-by item it stands for. */
  public record Column(String name, String of, Position position) {}

  public View {
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
  }
}
