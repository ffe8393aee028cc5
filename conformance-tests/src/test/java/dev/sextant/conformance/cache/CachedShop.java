// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import dev.sextant.cache.CachePlace;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.engine.CachingQueryEngine;
import dev.sextant.cache.engine.ResultCache;
import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.ValueText;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A project with servers that keep their answers, and an engine that asks the warehouse each time. */
final class CachedShop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_VALUES = 20;

  private final BufferAllocator memory = new RootAllocator();
  private final SemanticModel model;
  private final Warehouses warehouses;
  private final DefaultQueryEngine fresh;
  private final Path folder;
  private final List<ResultCache> caches = new ArrayList<>();
  private final Map<String, List<String>> values = new HashMap<>();

  /** What came of a question, and what its answer tells of the cache. */
  record Told(Answer answer, String cache) {}

  CachedShop(Path project) {
    this.folder = project.resolve("kept");
    this.model = switch (ModelLoader.load(project, Map.of())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
    this.warehouses = new Warehouses(model.project(), memory);
    this.fresh = new DefaultQueryEngine(() -> model, warehouses);
  }

  SemanticModel model() {
    return model;
  }

  QueryEngine fresh() {
    return fresh;
  }

  /** A server with a cache of its own, whose answers may be an hour old; {@code settings} are further keys and values in turn. */
  QueryEngine server(String... settings) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("cache.max_age", "1h");
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    ResultCache cache = new ResultCache(CacheSettings.of(map), (dataset, sql) -> "1", InstantSource.system(),
        new CachePlace(folder, "kept"));
    caches.add(cache);
    return new CachingQueryEngine(fresh, fresh, cache);
  }

  Map<String, Long> counts() {
    Map<String, Long> all = new LinkedHashMap<>();
    caches.forEach(cache -> cache.counts().byName().forEach((name, count) -> all.merge(name, count, Long::sum)));
    return all;
  }

  static Told ask(QueryEngine engine, MetricQuery query, Caller caller) {
    QueryControl control = new QueryControl("asked", Optional.of(Instant.now().plus(PATIENCE)));
    try (QueryResult result = engine.run(query, caller, control)) {
      return new Told(new Answer.Rows(ArrowTables.read(result)), result.facts().notes().getOrDefault("cache", "none"));
    } catch (SextantException e) {
      return new Told(new Answer.Refusal(e.issues()
          .stream()
          .map(issue -> new Answer.Complaint(issue.code().name(), issue.message(), issue.position()))
          .toList()), "none");
    }
  }

  /** Some texts of an item, as literals. */
  List<String> values(String item) {
    return values.computeIfAbsent(item, any -> {
      Answer answer = ask(fresh, MetricQuery.of(List.of(), List.of(item)), new Caller("root", List.of("activation"))).answer();
      return answer instanceof Answer.Rows rows ? rows.table()
          .rows()
          .stream()
          .map(List::getFirst)
          .filter(Value.Text.class::isInstance)
          .map(value -> "'" + ValueText.of(value).replace("'", "''") + "'")
          .limit(MOST_VALUES)
          .toList() : List.of();
    });
  }

  @Override
  public void close() {
    caches.forEach(ResultCache::close);
    warehouses.close();
    memory.close();
  }
}
