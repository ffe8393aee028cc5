// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.Scope;
import dev.sextant.activation.serving.FeatureServing;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.Warehouse;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.server.boot.OpenProject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The web shop with a feature view, at an instant of our choice, asked in four ways. */
final class FeatureShop implements AutoCloseable {
  /** Behind the key and the instant. */
  private static final int FIRST_FEATURE = 3;

  private final OpenProject project;
  private Instant now = Instant.EPOCH;

  FeatureShop(Path folder) {
    this.project = OpenProject.once(folder, new LinkedHashMap<>(), () -> now);
  }

  SemanticModel model() {
    return project.model().model();
  }

  /** Materialises a view as of an instant. */
  void build(String view, Instant at) {
    now = at;
    Run run = project.activations().run(new Run.Target(RunKind.FEATURE_VIEW, view), Scope.ALL);
    if (!run.state().isSuccess()) {
      throw new IllegalStateException(run.toString());
    }
  }

  /** What is served for customers: the values of each feature in their order. */
  List<List<Value>> served(String view, List<Long> customers) {
    ServedRows rows = project.features()
        .serving()
        .rows(model(), List.of(new FeatureServing.Wanted(view, List.of(), Optional.empty())),
            customers.stream().map(customer -> Map.of("customer", BigDecimal.valueOf(customer))).toList(),
            new FeatureServing.How(false, Optional.empty()))
        .getFirst();
    List<List<Value>> all = new ArrayList<>();
    for (int i = 0; i < rows.count(); i++) {
      rows.go(i);
      List<Value> values = new ArrayList<>();
      for (int feature = 0; feature < rows.view().features().size(); feature++) {
        ValueReader reader = new ValueReader();
        rows.value(feature, reader);
        values.add(reader.value());
      }
      all.add(values);
    }
    return all;
  }

  /** What the engine of features says of customers at an instant, by customer. */
  Map<Long, List<Value>> computed(String view, List<Long> customers, Instant at) {
    FeatureQuery query = new FeatureQuery(model().featureView(view).orElseThrow(), List.of(), new FeatureQuery.Spine.Given(
        customers.stream()
            .map(customer -> new FeatureQuery.Key(List.of(new Expr.Literal(DataType.BIGINT, customer.toString())), at))
            .toList()));
    try (QueryResult result = new DefaultFeatureEngine(this::model, project.warehouses()).run(query, Caller.ANONYMOUS,
        QueryControl.unlimited("features"))) {
      Map<Long, List<Value>> found = new LinkedHashMap<>();
      for (List<Value> row : ArrowTables.read(result).rows()) {
        found.put(whole(row.getFirst()), row.subList(2, row.size() - 1));
      }
      return found;
    }
  }

  /** What the files of a training set say of customers, by customer; the set is exported now. */
  Map<Long, List<Value>> exported(String set, int features) throws IOException, SQLException {
    Run run = project.activations().run(new Run.Target(RunKind.TRAINING_SET, set), Scope.CHANGES);
    if (!run.state().isSuccess()) {
      throw new IllegalStateException(run.toString());
    }
    Path exports = model().project().trainingFolder().resolve(set);
    Path files = exports.resolve(Files.readString(exports.resolve("latest")).strip()).resolve("*.parquet");
    Map<Long, List<Value>> found = new LinkedHashMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery("from '" + files + "'")) {
      while (rows.next()) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < features; i++) {
          BigDecimal number = rows.getBigDecimal(i + FIRST_FEATURE);
          values.add(number == null ? Value.NULL : new Value.Exact(number));
        }
        found.put(rows.getLong(1), values);
      }
    }
    return found;
  }

  /** A metric by customer, over the rows that hold a condition. */
  Map<Long, Value> asked(String metric, String condition) {
    Map<Long, Value> found = new LinkedHashMap<>();
    for (List<Value> row : ask(MetricQuery.of(List.of(metric), List.of("customer")).withWhere(List.of(condition))).rows()) {
      if (!row.getFirst().isNull()) {
        found.put(whole(row.getFirst()), row.getLast());
      }
    }
    return found;
  }

  /** A metric over no rows at all. */
  Value ofNothing(String metric) {
    return ask(MetricQuery.of(List.of(metric), List.of()).withWhere(List.of("customer = -1"))).rows().getFirst().getFirst();
  }

  private Table ask(MetricQuery query) {
    try (QueryResult result = project.engine().run(query, Caller.ANONYMOUS, QueryControl.unlimited("metrics"))) {
      return ArrowTables.read(result);
    }
  }

  private static long whole(Value value) {
    return ((Value.Exact) value).value().longValueExact();
  }

  void change(String statement) {
    Warehouse warehouse = project.warehouses().apply(model().project().defaultWarehouse());
    try (ArrowBatches batches = warehouse.run(statement, QueryControl.unlimited("change"))) {
      while (batches.loadNext()) {
        // to its end
      }
    }
  }

  @Override
  public void close() {
    project.close();
  }
}
