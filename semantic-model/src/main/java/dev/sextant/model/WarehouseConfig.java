// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A warehouse as {@code sextant.yml} declares it. {@code options} holds the type's own settings in the order written; secrets among them are
 * never printed.
 */
public record WarehouseConfig(String name, String type, Map<String, String> options, List<String> init, Position position) {

  public WarehouseConfig {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    init = List.copyOf(init);
  }

  @Override
  public String toString() {
    return "warehouse '" + name + "' (" + type + ")";
  }
}
