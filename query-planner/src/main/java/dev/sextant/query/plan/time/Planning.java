// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Rights;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.bind.DefaultGrains;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.plan.node.PlanNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every part of one plan shares: the model, the zone, the asked range of {@code metric_time}, and the expressions that some items are computed
 * by, by the items' names; and the values of an item that are shown apart from all others.
 */
public record Planning(SemanticModel model, MemberFinder finder, ZoneId zone, Optional<BoundQuery.Range> range,
    Optional<TimeGrain> rangeGrain,
    Map<String, Expr> expressions, Optional<Top> top) {

  public static Planning of(BoundQuery query) {
    return new Planning(query.model(), new MemberFinder(query.model()), query.zone(), query.range(),
        finestMetricTime(query.items()).or(() -> defaultGrain(query)), expressions(query.items()),
        Optional.empty());
  }

  /** For rows of a model that nobody in particular asks for: all of them, at their own times. */
  public static Planning whole(SemanticModel model) {
    SemanticModel all = model.seenWith(Rights.ALL);
    return new Planning(all, new MemberFinder(all), all.calendar().zone(), Optional.empty(), Optional.empty(), new LinkedHashMap<>(),
        Optional.empty());
  }

  private static Map<String, Expr> expressions(List<BoundQuery.Item> items) {
    Map<String, Expr> expressions = new LinkedHashMap<>();
    items.forEach(item -> item.expr().ifPresent(expr -> expressions.put(item.item().full(), expr)));
    return expressions;
  }

  /** The range grows to whole periods of the finest grain {@code metric_time} is asked in. */
  private static Optional<TimeGrain> finestMetricTime(List<BoundQuery.Item> items) {
    return items.stream()
        .filter(item -> item.item().isMetricTime())
        .flatMap(item -> item.item().grain().stream())
        .map(grain -> switch (grain) {
          case TimeGrain standard -> standard;
          case CustomGrain custom -> custom.base();
        })
        .reduce(TimeGrain::finer);
  }

  /** Where {@code metric_time} is not asked for: the grain it would be shown in. */
  private static Optional<TimeGrain> defaultGrain(BoundQuery query) {
    return DefaultGrains.of(query.metrics().stream().map(BoundQuery.AskedMetric::metric).toList(), query.model());
  }

  /** The same without a range, for tables that must not be cut: metric filters and shifted inputs. */
  public Planning withoutRange() {
    return new Planning(model, finder, zone, Optional.empty(), Optional.empty(), expressions, top);
  }

  /** The same with the table that tells top values from others. */
  public Planning withTop(Top table) {
    return new Planning(model, finder, zone, range, rangeGrain, expressions, Optional.of(table));
  }

  /** The same for the instants in {@code bounds}, where those are closed; {@code grain} is the one whose whole periods count. */
  public Planning within(Bounds bounds, TimeGrain grain) {
    if (!bounds.isClosed()) {
      return withoutRange();
    }
    BoundQuery.Range range = new BoundQuery.Range(bounds.from().orElseThrow(), bounds.before().orElseThrow().minusNanos(1),
        TimeGrain.NANOSECOND);
    return new Planning(model, finder, zone, Optional.of(range), Optional.of(grain), expressions, top);
  }

  /** Whether stored times of a grain must be converted to be seen in the asked zone; dates are the same in all of them. */
  public boolean convertsZones(TimeGrain stored) {
    return stored.isFinerThan(TimeGrain.DAY) && !zone.equals(model.calendar().zone());
  }

  /** The items that an item is computed from, or the item itself. */
  public List<ItemName> plain(ItemName item) {
    Expr computed = expressions.get(item.full());
    if (computed == null) {
      return List.of(item);
    }
    List<ItemName> items = new ArrayList<>(FilterExprs.items(computed, this));
    top.ifPresent(values -> items.add(values.item()));
    return items;
  }

  /** Whether rows of a dataset are in several groups of an item. */
  public boolean fansOut(ItemName item, Dataset dataset) {
    return !item.isMetricTime() && finder.tryFind(dataset, item).filter(member -> member.path().fansOut()).isPresent();
  }

  /** The values of an item that are shown apart from all others, in a table to be joined to rows. */
  public record Top(ItemName item, PlanNode rows) {
    /** The column of the table that holds the values. */
    public static final String KEY = "#top_value";
  }
}
