// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sync destination as {@code sextant.yml} declares it; secrets among {@code options} are never printed. */
public record DestinationConfig(String name, String type, Map<String, String> options, Position position) {

  public DestinationConfig {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  @Override
  public String toString() {
    return "destination '" + name + "' (" + type + ")";
  }
}
