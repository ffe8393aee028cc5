// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.List;

/** Which data a run reads and writes, as lineage names it. */
public record DataFlow(List<Place> inputs, List<Place> outputs) {
  public static final DataFlow UNKNOWN = new DataFlow(List.of(), List.of());

  /** A table, an object of a provider or a file, such as {@code postgres://host:5432} and {@code shop.public.orders}. */
  public record Place(String namespace, String name) {}

  public DataFlow {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
