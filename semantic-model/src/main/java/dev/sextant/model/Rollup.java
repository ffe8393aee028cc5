// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.Optional;

/**
 * A declared pre-aggregation of metrics by dimensions and a time grain. Group-by items are full names without grain. One that is {@code approximate}
 * keeps sketches of what does not merge, for estimates.
 */
public record Rollup(
    String name,
    List<String> metrics,
    List<String> dimensions,
    Optional<Grain> grain,
    List<Expr> filters,
    Optional<Grain> partitionBy,
    Refresh refresh,
    Store store,
    boolean approximate,
    Documentation documentation,
    Position position) {

  /** How often a rollup is refreshed and how far back late rows are looked for; both as written, such as {@code 3 days}. */
  public record Refresh(Optional<String> every, Optional<String> lookback, Optional<String> after) {}

  /** Where a rollup's rows are kept. */
  public enum Store {
    WAREHOUSE, LOCAL
  }

  public Rollup {
    metrics = List.copyOf(metrics);
    dimensions = List.copyOf(dimensions);
    filters = List.copyOf(filters);
  }
}
