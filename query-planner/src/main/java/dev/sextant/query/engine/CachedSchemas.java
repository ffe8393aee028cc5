// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Source;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.Warehouse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Remembers the columns of tables until they are forgotten, as after an error that a changed table would explain. */
final class CachedSchemas implements TableSchemas {
  private final Function<String, Warehouse> warehouses;
  private final Map<Key, TableColumns> known = new ConcurrentHashMap<>();

  private final AtomicLong generation = new AtomicLong();

  private record Key(String warehouse, Source source) {}

  CachedSchemas(Function<String, Warehouse> warehouses) {
    this.warehouses = warehouses;
  }

  @Override
  public TableColumns columns(String warehouse, Source source) {
    Key key = new Key(warehouse, source);
    TableColumns columns = known.get(key);
    if (columns != null) {
      return columns;
    }
    TableColumns described = warehouses.apply(warehouse).describe(source);
    known.put(key, described);
    return described;
  }

  void forget() {
    known.clear();
    generation.incrementAndGet();
  }

  /** Moves on whenever what was known turned out to be wrong. */
  long generation() {
    return generation.get();
  }
}
