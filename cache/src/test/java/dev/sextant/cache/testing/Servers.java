// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.testing;

import dev.sextant.cache.CachePlace;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.engine.CachingQueryEngine;
import dev.sextant.cache.engine.ResultCache;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Servers of one warehouse, each with a cache of its own; closing them shows that nothing was left behind. */
public final class Servers implements AutoCloseable {
  public final TestWarehouse warehouse = new TestWarehouse();
  public final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<Server> open = new ArrayList<>();

  /** A server: its cache, and who asks it. */
  public record Server(ResultCache cache, Asking asking) {
    public void stop() {
      cache.close();
    }

    public long count(String name) {
      return cache.counts().byName().getOrDefault(name, 0L);
    }
  }

  /** Starts a server whose answers may be an hour old; {@code settings} are keys and values in turn. */
  public Server start(Path folder, String... settings) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("cache.max_age", "1h");
    map.put("cache.rest", "200ms");
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    ResultCache cache = new ResultCache(CacheSettings.of(map), (dataset, sql) -> "1", now::get, new CachePlace(folder, "test"));
    Server server = new Server(cache, new Asking(new CachingQueryEngine(warehouse, warehouse, cache)));
    open.add(server);
    return server;
  }

  public void pass(long seconds) {
    now.updateAndGet(instant -> instant.plusSeconds(seconds));
  }

  @Override
  public void close() {
    open.forEach(Server::stop);
    warehouse.memory.close();
  }
}
