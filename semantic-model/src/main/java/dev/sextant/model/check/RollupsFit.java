// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Grain;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.Rollup;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.build.Draft;
import dev.sextant.model.build.Lengths;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rollups can be built: their metrics and dimensions go together, their partitions are made of whole periods. */
final class RollupsFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    draft.model().definitions().rollups().forEach(rollup -> check(draft, names, rollup, issues));
  }

  private static void check(Draft draft, QueryNames names, Rollup rollup, Issues issues) {
    if (rollup.metrics().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, rollup.position(), "rollup '" + rollup.name() + "' needs the key 'metrics'");
    }
    for (String metric : rollup.metrics()) {
      Position at = draft.places().of(rollup, "metrics." + metric, rollup.position());
      names.checkMetric(metric, () -> at, issues);
      draft.model().metric(metric).filter(found -> rollup.grain().isPresent()).ifPresent(found -> time(names, found, at, issues));
    }
    for (String dimension : rollup.dimensions()) {
      dimension(names, rollup, dimension, draft.places().of(rollup, "dimensions." + dimension, rollup.position()), issues);
    }
    rollup.filters().forEach(filter -> FiltersFit.check(draft, names, filter, rollup.metrics(), rollup.position(), issues));
    estimates(draft, rollup, issues);
    partition(draft, rollup, issues);
    refresh(draft, rollup, issues);
  }

  private static void time(QueryNames names, Metric metric, Position at, Issues issues) {
    boolean timeless = metric instanceof Metric.Simple simple && simple.measure().timeDimension().isEmpty();
    for (Dataset dataset : timeless ? names.datasets(metric) : List.<Dataset>of()) {
      issues.add(ModelIssue.INVALID_VALUE, at, "a rollup with a grain cannot hold metric '" + metric.name() + "': its semantic model '"
          + dataset.name() + "' has no agg_time_dimension");
    }
  }

  private static void dimension(QueryNames names, Rollup rollup, String name, Position at, Issues issues) {
    QueryNames.Item item = names.parse(name);
    if (item.isMetricTime() || item.grain().isPresent() || item.part().isPresent()) {
      issues.add(ModelIssue.INVALID_VALUE, at,
          "a rollup's dimensions have no grains; for metric_time use the key 'grain', not '" + name + "'");
    } else if (names.checkItem(name, () -> at, issues)) {
      rollup.metrics().forEach(metric -> names.checkReach(metric, name, () -> at, issues));
    }
  }

  private static void estimates(Draft draft, Rollup rollup, Issues issues) {
    boolean nothing = rollup.approximate() && rollup.metrics()
        .stream()
        .allMatch(
            name -> draft.model()
                .metric(name)
                .filter(metric -> metric instanceof Metric.Simple simple && !simple.measure().isEstimable())
                .isPresent());
    if (nothing) {
      issues.add(ModelIssue.INVALID_VALUE, draft.places().of(rollup, "approximate", rollup.position()), "rollup '" + rollup.name()
          + "' has nothing to estimate: none of its metrics counts distinct values or takes a percentile between values");
    }
  }

  private static void partition(Draft draft, Rollup rollup, Issues issues) {
    Position at = draft.places().of(rollup, "partition_by", rollup.position());
    Optional<Grain> whole = rollup.partitionBy();
    if (whole.isPresent() && rollup.grain().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, at, "partition_by needs the key 'grain'");
    }
    boolean tiles = whole.isEmpty() || rollup.grain().isEmpty() || whole.equals(rollup.grain())
        || rollup.grain().get() instanceof TimeGrain fine && whole.get() instanceof TimeGrain coarse && fine.tiles(coarse);
    if (!tiles) {
      issues.add(ModelIssue.INVALID_VALUE, at, "a partition is made of whole periods: " + rollup.grain().map(Grain::label).orElse("")
          + " does not tile " + whole.map(Grain::label).orElse(""));
    }
  }

  private static void refresh(Draft draft, Rollup rollup, Issues issues) {
    Rollup.Refresh refresh = rollup.refresh();
    refresh.every().ifPresent(text -> Lengths.check(text, draft.places().of(rollup, "every", rollup.position()), issues));
    refresh.lookback().ifPresent(text -> Lengths.check(text, draft.places().of(rollup, "lookback", rollup.position()), issues));
    refresh.after().ifPresent(name -> runnable(draft, name, draft.places().of(rollup, "after", rollup.position()), issues));
  }

  /** Adds an issue where {@code after} names nothing that runs. */
  static void runnable(Draft draft, String name, Position at, Issues issues) {
    var all = draft.model().definitions();
    List<String> known = Stream.of(all.rollups().stream().map(Rollup::name), all.featureViews().stream().map(view -> view.name()),
        all.trainingSets().stream().map(set -> set.name()), all.syncs().stream().map(sync -> sync.name())).flatMap(part -> part).toList();
    if (!known.contains(name)) {
      issues.unknown(ModelIssue.UNKNOWN_NAME, at, "'" + name + "' is no rollup, feature view, training set or sync.", name, known);
    }
  }
}
