// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import dev.sextant.activation.schedule.Activations;
import dev.sextant.activation.serving.Features;
import dev.sextant.model.Calendar;
import dev.sextant.model.Definitions;
import dev.sextant.model.Documentation;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.View;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.Caller;
import dev.sextant.query.Catalog;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.Warehouse;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A backend with a fake engine, a small catalog and a model that has one view and one saved query. */
public final class FakeBackend implements Backend {
  private final FakeEngine engine;
  private volatile boolean ready = true;
  private volatile List<Issue> brokenEdit = List.of();
  private volatile Map<String, String> settings = new LinkedHashMap<>();
  private volatile Function<String, Warehouse> warehouses = name -> {
    throw new IllegalStateException("no warehouse called " + name);
  };

  public FakeBackend(FakeEngine engine) {
    this.engine = engine;
  }

  public void ready(boolean now) {
    ready = now;
  }

  public void brokenEdit(List<Issue> issues) {
    brokenEdit = issues;
  }

  /** What {@code sextant.yml} says. */
  public void settings(Map<String, String> all) {
    settings = all;
  }

  public void warehouses(Function<String, Warehouse> byName) {
    warehouses = byName;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public QueryEngine engine() {
    return engine;
  }

  @Override
  public SqlEngine sql() {
    return engine;
  }

  @Override
  public Catalog catalog() {
    return new FakeCatalog();
  }

  @Override
  public ModelState model() {
    return new ModelState(model("shop", settings), "v1", Instant.parse("2026-01-31T12:00:00Z"), brokenEdit);
  }

  @Override
  public Activations activations() {
    throw new IllegalStateException("nothing runs here");
  }

  @Override
  public Features features() {
    throw new IllegalStateException("no features are stored here");
  }

  @Override
  public Function<String, Warehouse> warehouses() {
    return warehouses;
  }

  private static SemanticModel model(String name, Map<String, String> settings) {
    Project project = new Project(name, Path.of("shop"), Calendar.ISO,
        List.of(new WarehouseConfig("main", "duckdb", new LinkedHashMap<>(), List.of(), Position.NOWHERE)), List.of(),
        settings);
    View view = new View("sales", List.of(new View.Column("revenue", "revenue", Position.NOWHERE)), List.of(), true,
        Documentation.of("What was sold"), Position.NOWHERE);
    SavedQuery query = new SavedQuery("top", List.of("revenue"), List.of("customer__country"), List.of(), List.of("-revenue"),
        OptionalLong.of(10), List.of(), Documentation.NONE, Position.NOWHERE);
    return new SemanticModel(project, new Definitions(List.of(), List.of(), List.of(), List.of(query), List.of(view), List.of(), List.of(),
        List.of(), List.of(), List.of(), List.of()));
  }

  /** Two metrics and three items. */
  private static final class FakeCatalog implements Catalog {
    @Override
    public Catalog seenBy(Caller caller) {
      return this;
    }

    @Override
    public List<View> views() {
      return FakeBackend.model("shop", new LinkedHashMap<>()).definitions().views();
    }

    @Override
    public List<SavedQuery> savedQueries() {
      return FakeBackend.model("shop", new LinkedHashMap<>()).definitions().savedQueries();
    }

    @Override
    public List<MetricEntry> metrics() {
      return List.of(
          new MetricEntry("revenue", "simple", Documentation.of("Money in"), List.of("orders"), Optional.of("day")),
          new MetricEntry("share", "ratio", Documentation.NONE, List.of("orders"), Optional.empty()));
    }

    @Override
    public List<ItemEntry> items(List<String> metrics) {
      ItemEntry time = new ItemEntry("metric_time", ItemKind.TIME, List.of("day", "month"), Documentation.NONE, "orders");
      ItemEntry country = new ItemEntry("customer__country", ItemKind.CATEGORICAL, List.of(), Documentation.of("Where"), "customers");
      ItemEntry customer = new ItemEntry("customer", ItemKind.ENTITY, List.of(), Documentation.NONE, "customers");
      return metrics.contains("share") ? List.of(country) : List.of(time, country, customer);
    }

    @Override
    public LineageEntry lineage(String metric) {
      LineageEntry input = new LineageEntry("revenue", List.of(), Optional.of("revenue"), Optional.of("orders"), Optional.of("shop.orders"),
          Optional.of("amount"), List.of("amount"));
      return new LineageEntry(metric, List.of(input), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
  }
}
