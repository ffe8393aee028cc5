// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Locale;
import java.util.Optional;

/** How a measure's row values become one number. */
public enum Aggregation {
  SUM, MIN, MAX, AVERAGE, COUNT, COUNT_DISTINCT, SUM_BOOLEAN, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION,
  /** An aggregate written in the warehouse's SQL, declared by the model. */
  CUSTOM;

  /** Whether partial results can be merged into the whole by the aggregate's own merge function (semantics: rule 4). */
  public boolean merges() {
    return switch (this) {
      case SUM, MIN, MAX, COUNT, SUM_BOOLEAN -> true;
      case AVERAGE, COUNT_DISTINCT, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> false;
    };
  }

  /** Whether the result over no rows is 0 and not NULL. */
  public boolean countsRows() {
    return this == COUNT || this == COUNT_DISTINCT;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds an aggregation by its name in any case; {@code avg} is {@code average}. */
  public static Optional<Aggregation> named(String text) {
    String wanted = text.equalsIgnoreCase("avg") ? "AVERAGE" : text.toUpperCase(Locale.ROOT);
    for (Aggregation aggregation : values()) {
      if (aggregation.name().equals(wanted)) {
        return Optional.of(aggregation);
      }
    }
    return Optional.empty();
  }
}
