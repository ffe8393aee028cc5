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

  /**
   * Whether sketches can estimate it: distinct counts, and percentiles between values. A percentile that is one of the values needs them, of
   * whatever type; the first or last rows of a period are found among single rows.
   */
  public boolean isEstimable() {
    boolean known = switch (aggregation) {
      case COUNT_DISTINCT, MEDIAN -> true;
      case PERCENTILE -> percentile.filter(Percentile::discrete).isEmpty();
      case SUM, MIN, MAX, AVERAGE, COUNT, SUM_BOOLEAN, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> false;
    };
    return known && nonAdditive.isEmpty();
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
