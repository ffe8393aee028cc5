// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A governed number: what is aggregated, over which rows, and how it combines with others. */
public sealed interface Metric {

  Header header();

  default String name() {
    return header().name();
  }

  /** Conditions on rows, all of which must hold; they apply to every input. */
  default List<Expr> filters() {
    return header().filters();
  }

  /** What every kind of metric has. {@code defaultGrain} is the grain of {@code metric_time} when a query names none. */
  record Header(String name, List<Expr> filters, Optional<Grain> defaultGrain, Documentation documentation, Position position) {
    public Header {
      filters = List.copyOf(filters);
    }
  }

  /** One measure. NULL results become {@code fillNullsWith}; {@code joinToTimeSpine} adds rows for periods without data. */
  record Simple(Header header, Measure measure, Optional<BigDecimal> fillNullsWith, boolean joinToTimeSpine) implements Metric {}

  /** Numerator over denominator, as a DOUBLE; NULL where the denominator is 0. */
  record Ratio(Header header, MetricInput numerator, MetricInput denominator) implements Metric {}

  /** An expression over other metrics' values. */
  record Derived(Header header, Expr expr, List<MetricInput> inputs) implements Metric {
    public Derived {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A simple metric over all time up to each instant, over a trailing {@code window}, or since the start of the {@code grainToDate}.
   * {@code periodAggregation} says which value stands for a period coarser than the input's grain.
   */
  record Cumulative(Header header, Simple input, Optional<TimeWindow> window, Optional<Grain> grainToDate,
      PeriodAggregation periodAggregation) implements Metric {}

  /** Which of a cumulative metric's values stands for a longer period. */
  enum PeriodAggregation {
    FIRST, LAST, AVERAGE
  }

  /** Events of {@code conversion} that follow an event of {@code base} of the same entity, each credited to the latest such base event. */
  record Conversion(Header header, Simple base, Simple conversion, String entity, Calculation calculation, Optional<TimeWindow> window,
      List<ConstantProperty> constantProperties) implements Metric {
    public Conversion {
      constantProperties = List.copyOf(constantProperties);
    }
  }

  /** What a conversion metric returns. */
  enum Calculation {
    CONVERSIONS, CONVERSION_RATE
  }

  /** A property that must be the same for the base event and the conversion event. */
  record ConstantProperty(String base, String conversion) {}
}
