// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.activation.RunListener;
import dev.sextant.activation.schedule.Activations;
import dev.sextant.activation.schedule.Surroundings;
import dev.sextant.activation.schedule.Watch;
import dev.sextant.activation.serving.FeatureActivities;
import dev.sextant.activation.serving.Features;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.engine.CachingQueryEngine;
import dev.sextant.cache.engine.CachingSqlEngine;
import dev.sextant.cache.engine.ResultCache;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.model.load.LiveModel;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.Catalog;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.Warehouse;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.engine.DefaultSqlEngine;
import dev.sextant.query.engine.ModelCatalog;
import dev.sextant.query.warehouse.Warehouses;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.answer.AnswerWriter;
import dev.sextant.server.answer.TextForm;
import dev.sextant.server.ops.LoggedEngine;
import dev.sextant.server.ops.QuestionLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A project with everything behind the doors: its model, its warehouses and the engine over them. */
public final class OpenProject implements Backend, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.server");

  private final Supplier<ModelState> model;
  private final BufferAllocator memory = new RootAllocator();
  private final Warehouses warehouses;
  private final DefaultQueryEngine planner;
  private final ResultCache cache;
  private QueryEngine engine;
  private final SqlEngine sql;
  private final Catalog catalog;
  private final Features features;

  private final AutoCloseable following;
  private final InstantSource clock;
  private Optional<Activations> activations = Optional.empty();
  private Optional<Watch> watch = Optional.empty();
  private List<RunListener> runListeners = List.of();
  private Optional<QuestionLog> questions = Optional.empty();
  private boolean keepsRunsGoing;
  private boolean closed;

  private OpenProject(Supplier<ModelState> model, AutoCloseable following, InstantSource clock) {
    this.following = following;
    this.clock = clock;
    this.model = model;
    this.warehouses = new Warehouses(model.get().model().project(), memory);
    RollupCatalog rollups = new BuiltRollups(() -> model.get().model().project(), this::activations);
    this.planner = new DefaultQueryEngine(() -> model.get().model(), warehouses, rollups, clock);
    DefaultSqlEngine statements = new DefaultSqlEngine(() -> model.get().model(), warehouses, rollups, clock);
    this.cache = new ResultCache(CacheSettings.of(model.get().model().project().settings()),
        new WarehouseVersions(() -> model.get().model(), warehouses), clock, CachePlaces.of(model.get().model().project()));
    this.engine = new CachingQueryEngine(planner, planner, cache);
    this.sql = new CachingSqlEngine(statements, statements, cache);
    this.catalog = new ModelCatalog(() -> model.get().model());
    this.features = features(new WholeModel(() -> model.get().model()), warehouses, clock, false);
  }

  /** Opens the project in a folder as it is now; an exception carries everything that is wrong with it. */
  public static OpenProject once(Path folder, Map<String, String> environment, InstantSource clock) {
    return switch (ModelLoader.load(folder, environment)) {
      case ModelResult.Valid valid -> {
        ModelState state = new ModelState(valid.model(), "1", clock.instant(), List.of());
        yield new OpenProject(() -> state, () -> {}, clock);
      }
      case ModelResult.Invalid invalid -> throw new SextantException(invalid.issues());
    };
  }

  /** Opens the project in a folder and follows its edits; an exception carries everything that is wrong with it to begin with. */
  public static OpenProject live(Path folder, Map<String, String> environment, InstantSource clock) {
    LiveModel live = LiveModel.open(folder, environment, clock);
    List<WarehouseConfig> opened = live.get().project().warehouses();
    live.onChange(status -> tell(status, live.get().project().warehouses().equals(opened)));
    OpenProject open = new OpenProject(() -> state(live), live, clock);
    live.onChange(status -> open.followRuns());
    return open;
  }

  private static ModelState state(LiveModel live) {
    LiveModel.Status status = live.status();
    return new ModelState(live.get(), String.valueOf(status.version()), status.since(), status.issues());
  }

  private static void tell(LiveModel.Status status, boolean sameWarehouses) {
    if (!status.isCurrent()) {
      LOG.warn("The last edit is not served, version {} still is: {} (and {} more)", status.version(), status.issues().getFirst(),
          status.issues().size() - 1);
    } else {
      LOG.info("Version {} of the model is served", status.version());
    }
    if (!sameWarehouses) {
      LOG.warn("The warehouses of sextant.yml have changed; restart the server to use them");
    }
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public QueryEngine engine() {
    return engine;
  }

  @Override
  public SqlEngine sql() {
    return sql;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public ModelState model() {
    return model.get();
  }

  @Override
  public Function<String, Warehouse> warehouses() {
    return warehouses;
  }

  @Override
  public Optional<ResultCache> cache() {
    return Optional.of(cache);
  }

  @Override
  public Features features() {
    return features;
  }

  /** The features as they are stored now, to be looked at and closed by the caller, also while another process has the store open. */
  public Features storedFeatures() {
    return features(new WholeModel(() -> model.get().model()), warehouses, clock, true);
  }

  private static Features features(WholeModel whole, Warehouses warehouses, InstantSource clock, boolean readOnly) {
    return new Features(whole, new Features.Engines(new DefaultFeatureEngine(whole, warehouses),
        new DefaultQueryEngine(whole, warehouses)), clock, readOnly);
  }

  /** Opens the store of runs when it is first needed. */
  @Override
  public synchronized Activations activations() {
    if (activations.isEmpty()) {
      Supplier<SemanticModel> current = () -> model.get().model();
      activations = Optional.of(Activations.open(
          new Surroundings(current, planner, warehouses, new DatasetVersions(current, new WarehouseVersions(current, warehouses)), clock,
              Optional.of(planner.rollupPlanner()), Optional.of(new DefaultFeatureEngine(current, warehouses))),
          List.of(new FeatureActivities(features)), runListeners));
    }
    return activations.get();
  }

  /** Tells somebody of every run from now on; only before anything has run. */
  synchronized void tellOfRuns(RunListener listener) {
    runListeners = List.of(listener);
  }

  /** Writes each answered question to a log, closed with the project; only before anything is asked. */
  void logQuestions(QuestionLog log) {
    questions = Optional.of(log);
    engine = new LoggedEngine(engine, log);
  }

  /** Keeps runs going from now on, as soon as there is anything to run. */
  synchronized void startRuns() {
    keepsRunsGoing = true;
    followRuns();
  }

  private synchronized void followRuns() {
    SemanticModel current = model.get().model();
    if (keepsRunsGoing && watch.isEmpty() && !closed && Watch.isWorthIt(current)) {
      watch = Optional.of(Watch.start(activations(), () -> model.get().model().calendar().zone()));
    }
  }

  /** Does the slow parts of the first question ahead of it: connections, the planner's classes, the columns of tables, Arrow. */
  void warmUp() {
    SemanticModel current = model.get().model();
    current.metrics()
        .stream()
        .findFirst()
        .ifPresent(metric -> planner.warmUp(MetricQuery.of(List.of(metric.name()), List.of("metric_time"))));
    try (ArrowBatches one = warehouses.apply(current.project().defaultWarehouse())
        .run("select 1 as one", QueryControl.unlimited("warm-up"))) {
      AnswerWriter writer = AnswerFormat.JSON.writer(OutputStream.nullOutputStream(), TextForm.JSON);
      while (one.loadNext()) {
        writer.batch(one.root());
      }
      var unused = sql.prepare(SqlQuery.of("select 1"), Caller.ANONYMOUS);
    } catch (SextantException | IOException unreachable) {
      LOG.warn("The warehouse '{}' does not answer yet: {}", current.project().defaultWarehouse(), unreachable.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      following.close();
    } catch (Exception ignored) {
      LOG.debug("The project could not be let go", ignored);
    }
    cache.close();
    synchronized (this) {
      closed = true;
      watch.ifPresent(Watch::close);
      activations.ifPresent(Activations::close);
    }
    features.close();
    questions.ifPresent(QuestionLog::close);
    warehouses.close();
    memory.close();
  }
}
