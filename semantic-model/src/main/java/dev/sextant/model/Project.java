// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with {@code sextant.yml}: its warehouses (the first is the default) and the settings of every part of the server.
 * {@code settings} maps dotted keys such as {@code cache.max_age} to their text.
 */
public record Project(String name, Path folder, Calendar calendar, List<WarehouseConfig> warehouses,
    List<DestinationConfig> destinations, Map<String, String> settings) {

  public Project {
    warehouses = List.copyOf(warehouses);
    destinations = List.copyOf(destinations);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The folder of exported training sets: {@code training.path}, {@code training} by default. */
  public Path trainingFolder() {
    return folder.resolve(settings.getOrDefault("training.path", "training"));
  }

  /** The warehouse of datasets that name none. */
  public String defaultWarehouse() {
    return warehouses.getFirst().name();
  }
}
