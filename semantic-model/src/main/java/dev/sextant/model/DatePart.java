// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Locale;
import java.util.Optional;

/** The integer parts of a date that can be grouped by: {@code metric_time__extract_dow}; days of the week count from ISO Monday = 1. */
public enum DatePart {
  YEAR(TimeGrain.YEAR), QUARTER(TimeGrain.QUARTER), MONTH(TimeGrain.MONTH), WEEK(TimeGrain.WEEK), DAY(TimeGrain.DAY), DOW(TimeGrain.DAY),
  DOY(TimeGrain.DAY), HOUR(TimeGrain.HOUR), MINUTE(TimeGrain.MINUTE);

  private final TimeGrain coarsest;

  DatePart(TimeGrain coarsest) {
    this.coarsest = coarsest;
  }

  /** The coarsest grain a value may have for the part to mean something. */
  public TimeGrain coarsestGrain() {
    return coarsest;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a part by its name in any case. */
  public static Optional<DatePart> named(String text) {
    for (DatePart part : values()) {
      if (part.name().equalsIgnoreCase(text)) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }
}
