// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.Activity;
import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.activation.run.Intervals;
import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a view's values as of now into its online store. The watermark is committed last, when everything up to it is there; a version that
 * is new is served from then on. Killed at any instant, the rows that are there are whole and right, and the next run does the rest.
 */
public final class FeatureBuild implements Activity {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.features");
  private static final Caller OURSELVES = new Caller("sextant", List.of("activation"));

  /** What a build works with: the model without access policies, who answers and plans questions over it, the store, and the clock. */
  public record Surroundings(SemanticModel model, FeatureEngine engine, QueryPlanner<MetricQuery> planner, OnlineStore store,
      InstantSource clock) {}

  private final FeatureView view;
  private final Surroundings with;

  public FeatureBuild(FeatureView view, Surroundings with) {
    this.view = view;
    this.with = with;
  }

  /** The target of a view's runs. */
  public static Run.Target target(String view) {
    return new Run.Target(RunKind.FEATURE_VIEW, view);
  }

  @Override
  public Run.Target target() {
    return target(view.name());
  }

  @Override
  public Outcome perform(RunContext context) {
    Instant at = with.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Optional<FeatureVersion> served = with.store().serving(view.name());
    Map<String, Long> counters = new LinkedHashMap<>();
    FeatureVersion version = switch (wanted(served, at, context)) {
      case ChangedKeys.Answer.Everything all -> everything(all.reason(), at, context, counters);
      case ChangedKeys.Answer.Some some -> {
        Written written = write(some.spine(), at, context, counters);
        // A definition or a type has changed: what is served knows nothing of the other keys.
        yield written.begun() ? everything("the view has changed", at, context, counters) : incremental(written, counters);
      }
    };
    context.check();
    with.store().commit(version.upTo(at));
    forgetOthers(version, served);
    return new Outcome(RunState.SUCCEEDED, RunReport.of(counters));
  }

  /** Only what changed, where a lookback promises that the rest did not, and what is served is of this definition. */
  private ChangedKeys.Answer wanted(Optional<FeatureVersion> served, Instant at, RunContext context) {
    Optional<Instant> watermark = served.flatMap(FeatureVersion::watermark);
    Optional<Duration> lookback = view.online().flatMap(FeatureView.Online::lookback).map(Intervals::read);
    if (lookback.isEmpty() || watermark.isEmpty()) {
      return new ChangedKeys.Answer.Everything(lookback.isEmpty() ? "the view has no lookback" : "nothing is served yet");
    }
    if (!(context.scope() instanceof Scope.Changes) || watermark.get().isAfter(at)) {
      return new ChangedKeys.Answer.Everything("everything was asked for");
    }
    return new ChangedKeys(view, with.model(), with.planner()).since(watermark.get(), lookback.get(), at, OURSELVES);
  }

  private FeatureVersion everything(String reason, Instant at, RunContext context, Map<String, Long> counters) {
    LOG.info("All keys of feature view {} are computed: {}", view.name(), reason);
    counters.clear();
    FeatureVersion version = write(new FeatureQuery.Spine.EveryKey(at), at, context, counters).version();
    counters.put("removed", with.store().sweep(version, at));
    return version;
  }

  private static FeatureVersion incremental(Written written, Map<String, Long> counters) {
    counters.put("incremental", 1L);
    return written.version();
  }

  /** What was written to, and whether it was new. */
  private record Written(FeatureVersion version, boolean begun) {}

  private Written write(FeatureQuery.Spine spine, Instant at, RunContext context, Map<String, Long> counters) {
    QueryControl control = QueryControl.unlimited("run-" + context.runId());
    context.onStop(() -> control.stop(QueryIssue.CANCELLED));
    try (QueryResult answer = with.engine().run(new FeatureQuery(view, List.of(), spine), OURSELVES, control)) {
      boolean more = answer.loadNext();
      Written written = begun(AnswerColumns.of(view, answer.root(), with.model()), at);
      FeatureVersion version = written.version();
      if (written.begun() && !(spine instanceof FeatureQuery.Spine.EveryKey)) {
        return written;
      }
      AnswerRows.As as = new AnswerRows.As(at, new RowPacker.Origin(at, Optional.of(context.runId())), with.model().calendar().zone());
      for (; more; more = answer.loadNext()) {
        context.check();
        AnswerRows rows = new AnswerRows(answer.root(), version, as);
        counters.merge("rows", (long) answer.root().getRowCount(), Long::sum);
        counters.merge("without_key", rows.withoutKey(), Long::sum);
        counters.merge("written", with.store().write(version, rows.entries()), Long::sum);
        context.progress(RunReport.of(counters));
      }
      return written;
    }
  }

  /** The stored version that fits the definition and the types it has now, if it is the served one or was begun, else a new one beside it. */
  private Written begun(AnswerColumns columns, Instant at) {
    FeatureVersion wanted = columns.version(view, DefinitionText.of(view, with.model()), at);
    Optional<FeatureVersion> served = with.store().serving(view.name()).filter(version -> version.id().equals(wanted.id()));
    if (served.isPresent()) {
      return new Written(served.get(), false);
    }
    Optional<FeatureVersion> known = with.store().versions(view.name()).stream().filter(each -> each.id().equals(wanted.id())).findFirst();
    if (known.isEmpty()) {
      with.store().begin(wanted);
    }
    return new Written(known.orElse(wanted), true);
  }

  /** The version served before stays until the next run, for those who are reading it. */
  private void forgetOthers(FeatureVersion current, Optional<FeatureVersion> servedBefore) {
    for (FeatureVersion other : with.store().versions(view.name())) {
      boolean wasServed = servedBefore.filter(before -> before.id().equals(other.id())).isPresent();
      if (!other.id().equals(current.id()) && !wasServed) {
        with.store().drop(other);
      }
    }
  }

  /** The store of a view, or why it has none. */
  public static FeatureView.Online online(FeatureView view) {
    return view.online()
        .orElseThrow(() -> FeatureIssue.NOT_ONLINE.because(
            "Feature view '" + view.name() + "' is not stored online; give it online: {store: local}."));
  }
}
