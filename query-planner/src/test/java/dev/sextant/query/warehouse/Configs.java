// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.model.Position;
import dev.sextant.model.WarehouseConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds warehouse definitions as {@code sextant.yml} would. */
public final class Configs {
  private Configs() {}

  public static WarehouseConfig duckdb(String... init) {
    return config("duckdb", Map.of(), init);
  }

  public static WarehouseConfig config(String type, Map<String, String> options, String... init) {
    return new WarehouseConfig("main", type, new LinkedHashMap<>(options), List.of(init), new Position("sextant.yml", 3, 3));
  }
}
