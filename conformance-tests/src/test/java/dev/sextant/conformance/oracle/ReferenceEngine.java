// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.Scalars;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.query.AddedNames;
import dev.sextant.query.MetricQuery;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers metric queries slowly and plainly: rows in any order, group-by items first, then metrics. Order, limit and offset are left out. */
public final class ReferenceEngine {
  private static final int DATE_LENGTH = 10;

  private final SemanticModel model;
  private final MetricEvaluator metrics;

  public ReferenceEngine(SemanticModel model, TableRows tables) {
    this.model = model;
    this.metrics = new MetricEvaluator(model, tables);
  }

  public Table answer(MetricQuery asks) {
    MetricQuery query = withTotalsNamed(asks);
    if (query.metrics().isEmpty() || model.calendar().yearStartMonth() != 1) {
      throw new UnknownToTheOracle("queries without metrics and fiscal years");
    }
    Additions additions = new Additions(model, metrics, query);
    Asked asked = additions.withTop(asked(query));
    List<Expr> having = query.having().stream().map(ReferenceEngine::parse).toList();
    List<Map<String, Value>> rows = new ArrayList<>();
    additions.rows(asked).stream().filter(row -> passes(row, having)).forEach(row -> rows.add(marked(row, query, List.of())));
    List<String> over = query.extras().totals();
    for (int kept = over.size() - 1; kept >= 0; kept--) {
      List<String> dropped = over.subList(kept, over.size());
      List<ItemName> items = asked.items()
          .stream()
          .filter(item -> dropped.stream().noneMatch(name -> ItemName.parse(name, model).equals(item)))
          .toList();
      additions.rows(asked.by(items)).forEach(row -> rows.add(marked(row, query, dropped)));
    }
    List<String> names = Additions.columns(query);
    return new Table(names.stream().map(name -> new Table.Column(name, DataType.OTHER)).toList(),
        rows.stream().map(row -> names.stream().map(name -> row.getOrDefault(name, Value.NULL)).toList()).toList());
  }

  /** The question with each item to add totals over by its name. */
  private static MetricQuery withTotalsNamed(MetricQuery query) {
    MetricQuery.Extras extras = query.extras();
    if (!extras.totals().contains(MetricQuery.Extras.ALL)) {
      return query;
    }
    List<String> all = query.groupBy().stream().map(MetricQuery.Item::name).toList();
    return new MetricQuery(query.metrics(), query.groupBy(), query.where(), query.having(), query.orderBy(), query.limit(), query.offset(),
        query.timeRange(), query.timeZone(), query.savedQuery(), query.mode(),
        new MetricQuery.Extras(extras.fill(), extras.compare(), all, extras.top(), extras.share(), extras.running()), query.options());
  }

  private static Map<String, Value> marked(Map<String, Value> row, MetricQuery query, List<String> dropped) {
    Map<String, Value> marked = new LinkedHashMap<>(row);
    query.extras().totals().forEach(item -> marked.put(AddedNames.isTotal(item), new Value.Truth(dropped.contains(item))));
    return marked;
  }

  private static boolean passes(Map<String, Value> row, List<Expr> having) {
    Scalars scalars = new Scalars(name -> {
      if (!(name instanceof Expr.Column column) || !row.containsKey(column.name())) {
        throw new UnknownToTheOracle("the column " + name + " of the result");
      }
      return row.getOrDefault(column.name(), Value.NULL);
    });
    return having.stream().allMatch(scalars::holds);
  }

  private Asked asked(MetricQuery query) {
    LocalTimes times = new LocalTimes(model.calendar(), query.timeZone().map(ZoneId::of).orElse(model.calendar().zone()));
    List<ItemName> items = query.groupBy().stream().map(item -> ItemName.parse(item.name(), model)).toList();
    List<Expr> conditions = query.where().stream().map(ReferenceEngine::parse).toList();
    Asked open = Asked.of(items, conditions, times);
    return open.within(query.timeRange().map(range -> span(range, open.finestGrain().orElseGet(() -> preferredGrain(query)), times)));
  }

  /** The coarsest grain that one of the metrics prefers, which is its own or else days, or what its times are known by. */
  private TimeGrain preferredGrain(MetricQuery query) {
    return query.metrics()
        .stream()
        .map(item -> model.metric(item.name()).orElseThrow())
        .map(metric -> metric.header()
            .defaultGrain()
            .filter(TimeGrain.class::isInstance)
            .map(TimeGrain.class::cast)
            .orElseGet(() -> measures(metric).flatMap(this::grain).reduce(TimeGrain.DAY, TimeGrain::coarser)))
        .reduce(TimeGrain.DAY, TimeGrain::coarser);
  }

  private Stream<TimeGrain> grain(Measure measure) {
    Dataset dataset = model.dataset(measure.dataset()).orElseThrow();
    return measure.timeDimension().flatMap(dataset::timeDimension).map(Dimension.Time::grain).stream();
  }

  private Stream<Measure> measures(Metric metric) {
    return switch (metric) {
      case Metric.Simple simple -> Stream.of(simple.measure());
      case Metric.Ratio ratio -> Stream.of(ratio.numerator(), ratio.denominator()).flatMap(this::measures);
      case Metric.Derived derived -> derived.inputs().stream().flatMap(this::measures);
      case Metric.Cumulative cumulative -> Stream.of(cumulative.input().measure());
      case Metric.Conversion conversion -> Stream.of(conversion.base().measure(), conversion.conversion().measure());
    };
  }

  private Stream<Measure> measures(MetricInput input) {
    return measures(model.anyMetric(input.metric()).orElseThrow());
  }

  /** Both ends are in, widened to whole periods; a date is a whole day. */
  private static Span span(MetricQuery.TimeRange range, TimeGrain grain, LocalTimes times) {
    TimeGrain end = range.end().length() == DATE_LENGTH ? TimeGrain.coarser(grain, TimeGrain.DAY) : grain;
    return new Span(times.floor(Moments.parse(range.start()), grain), times.next(times.floor(Moments.parse(range.end()), end), end));
  }

  private static Expr parse(String text) {
    return ExprParser.parse(text, new Position("", 1, 1));
  }
}
