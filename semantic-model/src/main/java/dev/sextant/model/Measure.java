// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.Optional;

/**
 * An aggregation over the rows of one dataset. {@code expr} holds what is aggregated (for {@link Aggregation#CORRELATION} the first of two
 * {@code arguments}); {@code timeDimension} is the dimension that {@code metric_time} means for it.
 */
public record Measure(
    String name,
    String dataset,
    Aggregation aggregation,
    Expr expr,
    Optional<Percentile> percentile,
    Optional<CustomAggregate> custom,
    List<Expr> furtherArguments,
    Optional<String> timeDimension,
    Optional<NonAdditive> nonAdditive,
    Documentation documentation,
    Position position) {

  public Measure {
    furtherArguments = List.copyOf(furtherArguments);
  }

  /** Which percentile, as a fraction in (0, 1), interpolated or an existing value, exact or estimated. */
  public record Percentile(double fraction, boolean discrete, boolean approximate) {}

  /** An aggregate in the warehouse's SQL; {@code {expr}} stands for the argument. */
  public record CustomAggregate(String sql, DataType type) {}

  /**
   * A semi-additive measure keeps, per value of {@code windowGroupings} and queried period, only the rows at the first or last value of the
   * time dimension {@code dimension}; ties are all kept.
   */
  public record NonAdditive(String dimension, boolean last, List<String> windowGroupings) {
    public NonAdditive {
      windowGroupings = List.copyOf(windowGroupings);
    }
  }
}
