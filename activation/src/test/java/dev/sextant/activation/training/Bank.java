// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.run.Hashes;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.query.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;

/** A project of payments and fraud labels in DuckDB. */
final class Bank implements AutoCloseable {
  private static final String SETTINGS = """
      name: bank
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          init:
            - create table payments as select i as payment_id, i %% 97 as account, timestamp '2026-01-01' + to_seconds(i * 600) as paid_at,
                cast(i * 7919 %% 1000 as decimal(10, 2)) as amount, timestamp '2026-01-01' + to_seconds(i * 600 + i %% 5 * 3600) as known_at
                from range(%d) t(i)
            - create table labels as select i %% 97 as account, timestamp '2026-01-15' + to_hours(i) as at_time, i %% 3 = 0 as fraud
                from range(%d) t(i)
            %s
      """;
  private static final String MODELS = """
      semantic_models:
        - name: payments
          table: payments
          created_time: known_at
          defaults: {agg_time_dimension: paid_at}
          entities:
            - {name: payment, type: primary, expr: payment_id}
            - {name: account, type: foreign}
          dimensions:
            - {name: paid_at, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: payments, agg: count, expr: payment_id, create_metric: true}
            - {name: paid, agg: sum, expr: amount, create_metric: true}
            - {name: mean_payment, agg: average, expr: amount, create_metric: true}
      feature_views:
        - name: account_activity
          entity: account
          features:
            - {metric: payments, window: 7 days}
            - {metric: paid, window: 30 days}
            - {metric: mean_payment, window: 7 days}
      training_sets:
        - name: fraud
          spine: {table: labels, entity: account, at: at_time, label: fraud}
          features: account_activity
          %s
      """;

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));

  private final RootAllocator memory = new RootAllocator();
  private final Path folder;
  private final SemanticModel model;
  private final Warehouses warehouses;

  private Bank(Path folder, SemanticModel model) {
    this.folder = folder;
    this.model = model;
    this.warehouses = new Warehouses(model.project(), memory);
  }

  /** {@code settings} are further lines of the training set; {@code changes} are statements that change the tables first. */
  static Bank open(Path folder, int rows, String settings, String... changes) {
    try {
      Files.createDirectories(folder.resolve("models"));
      String more = List.of(changes).stream().map(sql -> "- " + sql).collect(Collectors.joining("\n      "));
      Files.writeString(folder.resolve("sextant.yml"), SETTINGS.formatted(rows * 10, rows, more));
      Files.writeString(folder.resolve("models").resolve("models.yml"), MODELS.formatted(settings));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    return switch (ModelLoader.load(folder, Collections.emptyMap())) {
      case ModelResult.Valid valid -> new Bank(folder, valid.model());
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
  }

  SemanticModel model() {
    return model;
  }

  Path exports() {
    return folder.resolve("training").resolve("fraud");
  }

  FeatureEngine engine() {
    return new DefaultFeatureEngine(() -> model, warehouses);
  }

  Exporting exporting() {
    return new Exporting(engine(), Caller.ANONYMOUS, (view, any) -> Hashes.sha256(view.features().toString()),
        CLOCK);
  }

  TrainingActivity activity() {
    return new TrainingActivity(model.trainingSet("fraud").orElseThrow(), model, exports(), exporting());
  }

  /** A run that nobody stops. */
  static RunContext context(String id) {
    return new RunContext() {
      @Override
      public String runId() {
        return id;
      }

      @Override
      public void check() {
        // Nobody stops it.
      }

      @Override
      public void onStop(Runnable listener) {
        // Nobody stops it.
      }

      @Override
      public void progress(RunReport report) {
        // The report at the end is enough.
      }

      @Override
      public void reject(List<Reject> rows) {
        throw new IllegalStateException("exports reject no rows");
      }
    };
  }

  @Override
  public void close() {
    warehouses.close();
    memory.close();
  }
}
