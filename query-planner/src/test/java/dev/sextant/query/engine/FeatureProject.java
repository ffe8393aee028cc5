// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.plan.asof.FeatureShape;
import dev.sextant.query.warehouse.Warehouses;
import dev.sextant.query.warehouse.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A project with feature views over tables of a schema of its own, in DuckDB or PostgreSQL. */
public final class FeatureProject implements AutoCloseable {
  private final RootAllocator memory = new RootAllocator();
  private final SemanticModel model;
  private final Warehouses warehouses;
  private final DefaultFeatureEngine features;
  private final DefaultQueryEngine metrics;
  private final Optional<String> schema;

  /** Which warehouse. */
  public enum On {
    DUCKDB, POSTGRES
  }

  private FeatureProject(SemanticModel model, Optional<String> schema) {
    this.model = model;
    this.schema = schema;
    this.warehouses = new Warehouses(model.project(), memory);
    this.features = new DefaultFeatureEngine(() -> model, warehouses);
    this.metrics = new DefaultQueryEngine(() -> model, warehouses);
  }

  /** Makes the tables by {@code data}, statements that both databases understand, and opens the project. */
  public static FeatureProject open(On on, Path folder, List<String> data, String models) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("models").resolve("models.yml"), models);
    String schema = "features_" + Integer.toHexString(System.identityHashCode(data)) + "_" + on.name().toLowerCase(Locale.ROOT);
    if (on == On.POSTGRES) {
      List<String> statements = new ArrayList<>(List.of("drop schema if exists " + schema + " cascade", "create schema " + schema,
          "set search_path to " + schema));
      statements.addAll(data);
      PostgresServer.execute(statements.toArray(String[]::new));
    }
    Files.writeString(folder.resolve("sextant.yml"), switch (on) {
      case DUCKDB -> "name: drivers\nwarehouses:\n  main:\n    type: duckdb\n    path: \":memory:\"\n    init:\n" + data.stream()
          .map(statement -> "      - >-\n        " + statement.replace("\n", "\n        ") + "\n")
          .collect(Collectors.joining());
      case POSTGRES -> "name: drivers\nwarehouses:\n  main: {type: postgres, url: \"" + PostgresServer.url()
          + (PostgresServer.url().contains("?") ? "&" : "?") + "currentSchema=" + schema + "\"}\n";
    });
    return switch (ModelLoader.load(folder, Collections.emptyMap())) {
      case ModelResult.Valid valid -> new FeatureProject(valid.model(), on == On.POSTGRES ? Optional.of(schema) : Optional.empty());
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
  }

  public SemanticModel model() {
    return model;
  }

  public DefaultFeatureEngine engine() {
    return features;
  }

  /** The rows of a table as a spine with columns {@code k1}, {@code k2} .., {@code at_time} and {@code row_no}, which is carried along. */
  public FeatureQuery over(String table, String view, String... features) {
    FeatureQuery plain = new FeatureQuery(model.featureView(view).orElseThrow(), Arrays.asList(features),
        new FeatureQuery.Spine.Given(List.of()));
    int keys = (int) plain.entities().size();
    return over(table, plain, keys);
  }

  /** The same for a view whose entities have {@code keys} key columns in all. */
  public FeatureQuery over(String table, FeatureQuery query, int keys) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= keys; i++) {
      names.add("k" + i);
    }
    return new FeatureQuery(query.views(), query.entities(), new FeatureQuery.Spine.Rows(
        new Source.Table(Optional.empty(), Optional.empty(), table), "main", names, "at_time", List.of("row_no")));
  }

  /** The answer's rows, sorted, without keys and instants where they carry a row number. */
  public List<String> ask(FeatureQuery query) {
    return ask(query, features);
  }

  /** The same, computed in a given way. */
  List<String> ask(FeatureQuery query, FeatureShape shape) {
    return ask(query, new DefaultFeatureEngine(() -> model, warehouses, shape));
  }

  /** The plan and SQL of a query. */
  String explain(FeatureQuery query) {
    return features.explain(query, Caller.ANONYMOUS).stages().stream().map(Explanation.Stage::text).collect(Collectors.joining("\n"));
  }

  private static List<String> ask(FeatureQuery query, DefaultFeatureEngine engine) {
    List<String> rows = new ArrayList<>();
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, QueryControl.unlimited("q"))) {
      while (result.loadNext()) {
        rows.addAll(rows(result.root()));
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private static List<String> rows(VectorSchemaRoot root) {
    List<String> names = root.getSchema().getFields().stream().map(field -> field.getName()).toList();
    int from = Math.max(0, names.indexOf("row_no"));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < root.getRowCount(); i++) {
      int row = i;
      rows.add(root.getFieldVectors()
          .subList(from, names.size())
          .stream()
          .map(vector -> String.valueOf(vector.getObject(row)))
          .collect(Collectors.joining(" ")));
    }
    return rows;
  }

  /** The rows of a metric query. */
  public List<String> metrics(MetricQuery query) {
    List<String> rows = new ArrayList<>();
    try (QueryResult result = metrics.run(query, Caller.ANONYMOUS, QueryControl.unlimited("q"))) {
      while (result.loadNext()) {
        rows.addAll(rows(result.root()));
      }
    }
    return rows;
  }

  /** The code and message with which a query is refused. */
  public String refusal(FeatureQuery query) {
    try {
      return "answered: " + ask(query);
    } catch (SextantException e) {
      return e.issue().code().name() + ": " + e.issue().message();
    }
  }

  @Override
  public void close() {
    warehouses.close();
    memory.close();
    schema.ifPresent(name -> PostgresServer.execute("drop schema " + name + " cascade"));
  }
}
