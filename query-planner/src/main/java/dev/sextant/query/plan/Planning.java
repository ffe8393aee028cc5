// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Dimension;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What every part of one plan shares: the model, the zone, and the asked range of {@code metric_time}. */
record Planning(SemanticModel model, MemberFinder finder, ZoneId zone, Optional<BoundQuery.Range> range, Optional<TimeGrain> rangeGrain) {

  static Planning of(BoundQuery query) {
    return new Planning(query.model(), new MemberFinder(query.model()), query.zone(), query.range(),
        finestMetricTime(query.items()).or(() -> commonGrain(query)));
  }

  /** The range grows to whole periods of the finest grain {@code metric_time} is asked in. */
  private static Optional<TimeGrain> finestMetricTime(List<BoundQuery.Item> items) {
    return items.stream()
        .filter(item -> item.item().isMetricTime())
        .flatMap(item -> item.item().grain().stream())
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .reduce(TimeGrain::finer);
  }

  /** Where {@code metric_time} is not asked for: the finest grain that all times of the metrics have in common. */
  private static Optional<TimeGrain> commonGrain(BoundQuery query) {
    return query.metrics()
        .stream()
        .flatMap(asked -> LeafMetrics.of(asked.metric(), query.model()).stream())
        .flatMap(leaf -> leaf.measure().timeDimension().flatMap(LeafMetrics.dataset(leaf, query.model())::timeDimension).stream())
        .map(Dimension.Time::grain)
        .reduce(TimeGrain::coarser);
  }

  /** The same without a range, for tables that must not be cut: metric filters and shifted inputs. */
  Planning withoutRange() {
    return new Planning(model, finder, zone, Optional.empty(), Optional.empty());
  }

  /** Whether stored times must be converted to be seen in the asked zone. */
  boolean convertsZones() {
    return !zone.equals(model.calendar().zone());
  }
}
