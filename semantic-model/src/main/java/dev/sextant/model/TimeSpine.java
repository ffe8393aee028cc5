// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** A declared calendar table: one row per {@code grain} value in {@code column}, with columns for custom grains. */
public record TimeSpine(Source source, String warehouse, String column, TimeGrain grain, List<CustomColumn> customColumns) {

  /** A custom grain's name and the column that holds its periods. */
  public record CustomColumn(String name, String column) {}

  public TimeSpine {
    customColumns = List.copyOf(customColumns);
  }

  /** Returns the custom grains this spine carries, in the order of declaration. */
  public List<CustomGrain> customGrains() {
    return customColumns.stream().map(custom -> new CustomGrain(custom.name(), this, custom.column())).toList();
  }
}
