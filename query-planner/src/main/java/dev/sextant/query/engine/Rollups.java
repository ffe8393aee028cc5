// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Durations;
import dev.sextant.model.Rights;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.Warehouse;
import dev.sextant.query.plan.branch.Routes;
import dev.sextant.query.rollup.Decision;
import dev.sextant.query.rollup.RollupIndex;
import dev.sextant.query.rollup.RollupRouter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The rollups of the live model and what is built of them. */
final class Rollups {
  /** The note that tells what is estimated. */
  static final String APPROXIMATE = "approximate";

  private final RollupCatalog catalog;
  private final InstantSource clock;
  private final TableSchemas schemas;
  private final Function<String, Warehouse> warehouses;
  private final Map<String, Boolean> comparing = new ConcurrentHashMap<>();
  private final AtomicReference<Optional<RollupIndex>> latest = new AtomicReference<>(Optional.empty());

  Rollups(RollupCatalog catalog, InstantSource clock, TableSchemas schemas, Function<String, Warehouse> warehouses) {
    this.warehouses = warehouses;
    this.catalog = catalog;
    this.clock = clock;
    this.schemas = schemas;
  }

  /** The rollups of a model, whoever sees it. */
  RollupIndex index(SemanticModel model) {
    SemanticModel whole = model.seenWith(Rights.ALL);
    Optional<RollupIndex> known = latest.get().filter(index -> index.model() == whole);
    if (known.isPresent()) {
      return known.get();
    }
    RollupIndex made = RollupIndex.of(whole);
    latest.set(Optional.of(made));
    return made;
  }

  /** The routes of one question; {@code thorough} finds a verdict on every rollup. Nothing where rollups may not answer. */
  Optional<RollupRouter> router(SemanticModel model, MetricQuery.Options options, boolean thorough) {
    if (options.rollups() == MetricQuery.RollupUse.OFF || model.definitions().rollups().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new RollupRouter(new RollupRouter.Surroundings(index(model), catalog, clock.instant(),
        options.maxAge().flatMap(Durations::read), this::exists, this::comparesByBytes,
        thorough || options.rollups() == MetricQuery.RollupUse.REQUIRE,
        options.rollups() == MetricQuery.RollupUse.EXACT)));
  }

  static Routes routes(Optional<RollupRouter> router) {
    return router.<Routes>map(one -> one).orElse(Routes.NONE);
  }

  /** Whether rows that were taken from a warehouse can be compared elsewhere. */
  boolean comparesByBytes(String warehouse) {
    return comparing.computeIfAbsent(warehouse, name -> warehouses.apply(name).comparesByBytes());
  }

  private boolean exists(BuiltRollup.Table table) {
    try {
      return !schemas.columns(table.warehouse(), table.source()).columns().isEmpty();
    } catch (SextantException gone) {
      return false;
    }
  }

  /** Throws where a rollup must answer and does not. */
  static void require(MetricQuery.Options options, List<Decision> decisions, boolean readsOthers) {
    if (options.rollups() != MetricQuery.RollupUse.REQUIRE) {
      return;
    }
    boolean all = !decisions.isEmpty() && decisions.stream().allMatch(one -> one.used().isPresent());
    if (!all || readsOthers) {
      String reasons = Decision.print(decisions)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.joining("; "));
      throw Problem.of(QueryIssue.UNSUPPORTED, "no rollup answers all of this question"
          + (reasons.isEmpty() ? "." : ": " + reasons + ".") + " Ask without rollups: require, or build a rollup that fits.");
    }
  }

  /** What an answer tells of the rollups that are read. */
  Map<String, String> notes(Optional<RollupRouter> router) {
    List<Decision> decisions = router.map(RollupRouter::decisions).orElse(List.of());
    List<String> names = decisions.stream().flatMap(one -> one.used().stream()).distinct().toList();
    Map<String, String> notes = new LinkedHashMap<>();
    if (!names.isEmpty()) {
      notes.put("rollup", String.join(", ", names));
      names.stream()
          .flatMap(name -> catalog.find(name).map(BuiltRollup::asOf).stream())
          .min(Comparator.naturalOrder())
          .ifPresent(oldest -> notes.put("rollup_as_of", oldest.toString()));
    }
    String estimated = decisions.stream().flatMap(one -> one.estimated().stream()).distinct().collect(Collectors.joining(", "));
    if (!estimated.isEmpty()) {
      notes.put(APPROXIMATE, estimated);
    }
    return notes;
  }

  /**
   * Asks {@code planned}, whose answer tells {@code notes}. Where it reads a rollup whose table is gone meanwhile, as after an erasure, it is
   * {@code again} that answers.
   */
  static QueryResult answer(Map<String, String> notes, Supplier<QueryResult> planned, Supplier<QueryResult> again) {
    try {
      return planned.get();
    } catch (SextantException failure) {
      if (notes.isEmpty() || failure.issue().code() != QueryIssue.WAREHOUSE_SCHEMA) {
        throw failure;
      }
      return again.get();
    }
  }

  /** The verdicts on rollups as a stage of an explanation, where any rollup concerns the question. */
  static Optional<Explanation.Stage> explanation(Optional<RollupRouter> router) {
    return router.map(RollupRouter::decisions)
        .map(Decision::print)
        .filter(text -> !text.isEmpty())
        .map(text -> new Explanation.Stage("rollups", text));
  }

  /** Whether what was planned with these routes would be planned so again. */
  BooleanSupplier unchanged(Optional<RollupRouter> router) {
    if (router.isEmpty()) {
      return () -> true; // then it makes no difference what is built
    }
    long version = catalog.version();
    Optional<Instant> expires = router.flatMap(RollupRouter::expires);
    return () -> catalog.version() == version && expires.filter(until -> clock.instant().isAfter(until)).isEmpty();
  }
}
