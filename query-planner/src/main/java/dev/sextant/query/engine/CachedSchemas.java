// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.model.Source;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.Warehouse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Remembers the columns of tables until they are forgotten, as after an error that a changed table would explain. Queries are tables, too, and some
 * are asked once only, so the longest unused leave.
 */
final class CachedSchemas implements TableSchemas {
  private static final int MOST = 10_000;

  private final Function<String, Warehouse> warehouses;
  private final Cache<Key, TableColumns> known = Caffeine.newBuilder().maximumSize(MOST).build();

  private final AtomicLong generation = new AtomicLong();

  private record Key(String warehouse, Source source) {}

  CachedSchemas(Function<String, Warehouse> warehouses) {
    this.warehouses = warehouses;
  }

  @Override
  public TableColumns columns(String warehouse, Source source) {
    Key key = new Key(warehouse, source);
    TableColumns columns = known.getIfPresent(key);
    if (columns != null) {
      return columns;
    }
    TableColumns described = warehouses.apply(warehouse).describe(source);
    known.put(key, described);
    return described;
  }

  void forget() {
    known.invalidateAll();
    generation.incrementAndGet();
  }

  /** Moves on whenever what was known turned out to be wrong. */
  long generation() {
    return generation.get();
  }
}
