// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.Activity.Outcome;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.Scope;
import dev.sextant.model.FeatureView;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;

/** A project with trips of drivers in a DuckDB file, and a clock that stands where it was put. */
final class Trips implements AutoCloseable {
  static final String MODEL = """
      semantic_models:
        - name: trips
          table: trips
          created_time: recorded
          defaults: {agg_time_dimension: happened}
          entities:
            - {name: trip, type: primary, expr: trip_id}
            - {name: driver, type: foreign, expr: driver_id}
          dimensions:
            - {name: happened, type: time, type_params: {time_granularity: second}}
            - {name: kind, type: categorical}
          measures:
            - {name: trips, agg: count, expr: trip_id, create_metric: true}
            - {name: fares, agg: sum, expr: fare, create_metric: true}
        - name: drivers
          table: drivers
          entities:
            - {name: driver, type: primary, expr: driver_id}
          dimensions:
            - {name: driver_name, type: categorical}
      feature_views:
        - name: activity
          entity: driver
          features:
            - {metric: trips, window: 7 days}
            - {metric: fares, window: 30 days}
            - {dimension: driver__driver_name, name: name}
            - {expr: "trips_7d * 2", name: twice}
          online: {store: local}
        - name: events
          entity: driver
          features:
            - {metric: trips, window: 7 days}
            - {metric: fares, window: 30 days}
          online: {store: local, lookback: 2 days}
      """;

  private final RootAllocator memory = new RootAllocator();
  private final Path folder;
  private SemanticModel model;
  private final Warehouses warehouses;
  private final OnlineStore store;
  private Instant now;

  private Trips(Path folder, Instant now) throws IOException {
    this.folder = folder;
    this.now = now;
    this.model = load(folder, MODEL);
    this.warehouses = new Warehouses(model.project(), memory);
    this.store = new RocksOnlineStore(RocksFiles.open(folder.resolve("online")));
  }

  static Trips open(Path folder, String now) throws IOException {
    Trips trips = new Trips(folder, Instant.parse(now));
    trips.sql("create table if not exists trips (trip_id int, driver_id int, happened timestamp, recorded timestamp, kind varchar, "
        + "fare decimal(10, 2))");
    trips.sql("create table if not exists drivers (driver_id int, driver_name varchar)");
    return trips;
  }

  private static SemanticModel load(Path folder, String models) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("models").resolve("models.yml"), models);
    Files.writeString(folder.resolve("sextant.yml"), "name: trips\nwarehouses:\n  main: {type: duckdb, path: trips.duckdb}\n");
    return switch (ModelLoader.load(folder, Collections.emptyMap())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
  }

  /** Edits the model. */
  void redefine(String text, String by) throws IOException {
    model = load(folder, MODEL.replace(text, by));
  }

  Trips at(String instant) {
    now = Instant.parse(instant);
    return this;
  }

  OnlineStore store() {
    return store;
  }

  void sql(String statement) {
    try (ArrowBatches batches = warehouses.apply("main").run(statement, QueryControl.unlimited("data"))) {
      while (batches.loadNext()) {
        // to its end
      }
    }
  }

  /** A trip that was recorded when it happened. */
  void trip(int id, int driver, String happened, String fare) {
    trip(id, driver, happened, happened, fare);
  }

  void trip(int id, int driver, String happened, String recorded, String fare) {
    sql("insert into trips values (" + id + ", " + driver + ", '" + happened + "', '" + recorded + "', 'day', " + fare + ")");
  }

  Outcome build(String view) {
    return build(view, Scope.CHANGES);
  }

  Outcome build(String view, Scope scope) {
    return build(view, new Context(scope));
  }

  Outcome build(String view, RunContext context) {
    FeatureView wanted = model.featureView(view).orElseThrow();
    return new FeatureBuild(wanted, new FeatureBuild.Surroundings(model, new DefaultFeatureEngine(() -> model, warehouses),
        new DefaultQueryEngine(() -> model, warehouses), store, () -> now)).perform(context);
  }

  /** The served values of a driver with blanks between them, or nothing. */
  Optional<String> served(String view, int driver) {
    FeatureVersion version = store.serving(view).orElseThrow();
    return PackedRow.of(store.read(version, List.of(Rows.packed(version, driver)))[0]).map(row -> {
      int[] places = new int[version.features().size()];
      Values values = new Values();
      row.locate(version.features(), places);
      for (int i = 0; i < places.length; i++) {
        row.value(version.features().get(i).type(), places[i], values);
      }
      return values.all().stream().map(String::valueOf).collect(Collectors.joining(" "));
    });
  }

  @Override
  public void close() {
    store.close();
    warehouses.close();
    memory.close();
  }

  /** A run that nobody stops. */
  record Context(Scope scope) implements RunContext {

    @Override
    public String runId() {
      return UUID.randomUUID().toString();
    }

    @Override
    public void check() {
      // goes on
    }

    @Override
    public void onStop(Runnable listener) {
      // never
    }

    @Override
    public void progress(RunReport report) {
      // nobody looks
    }

    @Override
    public void reject(List<Reject> rows) {
      throw new IllegalStateException("features reject nothing");
    }
  }
}
