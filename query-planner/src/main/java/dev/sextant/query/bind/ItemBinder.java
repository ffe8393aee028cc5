// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Grain;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;

/** Gives a group-by item its full name and its grain, the same for every dataset the query's metrics read. */
final class ItemBinder {
  private final SemanticModel model;
  private final MemberFinder finder;
  private final List<Metric> metrics;
  private final List<Dataset> datasets;

  ItemBinder(SemanticModel model, MemberFinder finder, List<Metric> metrics) {
    this.model = model;
    this.finder = finder;
    this.metrics = metrics;
    this.datasets = LeafMetrics.datasets(metrics, model);
  }

  /** Binds an item of a query with metrics. */
  ItemName bind(ItemName asked) {
    if (asked.isMetricTime()) {
      return bindMetricTime(asked);
    }
    ItemName named = asked.withLinks(commonLinks(asked));
    return withGrain(named, finder.find(datasets.getFirst(), named));
  }

  /** Binds an item of a query without metrics, seen from the dataset it starts at. */
  ItemName bind(ItemName asked, Dataset base) {
    if (asked.isMetricTime()) {
      return asked.part().isPresent() || asked.grain().isPresent() ? asked : asked.withGrain(TimeGrain.DAY);
    }
    Member member = finder.find(base, asked);
    return withGrain(asked.withLinks(member.links()), member);
  }

  /** The links every dataset reaches the item by, or those asked for where the datasets have ways of their own. */
  private List<String> commonLinks(ItemName asked) {
    List<List<String>> ways = datasets.stream().map(dataset -> finder.find(dataset, asked).links()).distinct().toList();
    return ways.size() == 1 ? ways.getFirst() : asked.links();
  }

  private ItemName bindMetricTime(ItemName asked) {
    TimeGrain finest = metrics.stream().map(this::metricGrain).reduce(TimeGrain.NANOSECOND, TimeGrain::coarser);
    if (asked.part().isPresent()) {
      checkPart(asked, finest);
      return asked;
    }
    ItemName named = asked.grain().isPresent() ? asked
        : asked.withGrain(DefaultGrains.of(metrics, model).orElse(TimeGrain.DAY));
    checkGrain(named, finest);
    return named;
  }

  private TimeGrain metricGrain(Metric metric) {
    TimeGrain grain = TimeGrain.NANOSECOND;
    for (Metric.Simple leaf : LeafMetrics.of(metric, model)) {
      Dataset dataset = LeafMetrics.dataset(leaf, model);
      Dimension.Time time = leaf.measure()
          .timeDimension()
          .flatMap(dataset::timeDimension)
          .orElseThrow(() -> Problem.of(QueryIssue.NO_PATH, "metric '" + metric.name() + "' has no metric_time: measure '"
              + leaf.measure().name() + "' of dataset '" + dataset.name() + "' names no agg_time_dimension."));
      grain = TimeGrain.coarser(grain, time.grain());
    }
    return grain;
  }

  private static ItemName withGrain(ItemName named, Member member) {
    if (member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time time) {
      if (named.part().isPresent()) {
        checkPart(named, time.grain());
        return named;
      }
      ItemName grained = named.grain().isPresent() ? named : named.withGrain(time.grain());
      checkGrain(grained, time.grain());
      return grained;
    }
    checkTime(named, member);
    return named;
  }

  /** Only times have grains and parts. */
  static void checkTime(ItemName named, Member member) {
    boolean time = member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time;
    if (!time && (named.grain().isPresent() || named.part().isPresent())) {
      throw Problem.of(QueryIssue.INVALID_GRAIN,
          "'" + named.base() + "' is not a time dimension, so it has no grain or date part. Ask for '" + named.base() + "'.");
    }
  }

  private static void checkGrain(ItemName named, TimeGrain finest) {
    Grain grain = named.grain().orElseThrow();
    TimeGrain base = switch (grain) {
      case TimeGrain standard -> standard;
      case dev.sextant.model.CustomGrain custom -> custom.base();
    };
    if (base.isFinerThan(finest) && grain instanceof TimeGrain) {
      throw Problem.of(QueryIssue.INVALID_GRAIN, "'" + named.full() + "' is finer than the data: the finest grain of '" + named.base()
          + "' here is " + finest.label() + ". Ask for '" + named.base() + "__" + finest.label() + "' or coarser.");
    }
  }

  private static void checkPart(ItemName named, TimeGrain finest) {
    if (named.part().orElseThrow().coarsestGrain().isFinerThan(finest)) {
      throw Problem.of(QueryIssue.INVALID_GRAIN, "'" + named.full() + "' means nothing for values of grain " + finest.label() + ".");
    }
  }
}
