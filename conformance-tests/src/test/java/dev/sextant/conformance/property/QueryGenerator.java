// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Value;
import dev.sextant.model.DatePart;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.MetricQuery;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes up metric queries that have an answer; the same seed makes the same query. */
final class QueryGenerator {
  private static final List<TimeGrain> GRAINS = List.of(TimeGrain.DAY, TimeGrain.WEEK, TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR);
  private static final List<
      DatePart> PARTS = List.of(DatePart.YEAR, DatePart.QUARTER, DatePart.MONTH, DatePart.DOW, DatePart.DOY, DatePart.DAY);
  private static final List<String> ZONES = List.of("Europe/Berlin", "America/New_York", "Asia/Tokyo");

  private final Vocabulary vocabulary;
  private final Random random;
  private final Conditions conditions;

  QueryGenerator(Vocabulary vocabulary, long seed) {
    this.vocabulary = vocabulary;
    this.random = new Random(seed);
    this.conditions = new Conditions(random);
  }

  MetricQuery next() {
    List<String> metrics = pick(vocabulary.metrics(), 1 + random.nextInt(3));
    List<Item> items = vocabulary.items(metrics);
    boolean overTime = metrics.stream().anyMatch(vocabulary::isOverTime);
    boolean needsRange = metrics.stream().anyMatch(vocabulary::needsRange);
    TimeGrain grain = vocabulary.grain(metrics);
    List<String> groupBy = groupBy(items, overTime, grain);
    List<String> where = where(items, grain);
    List<String> having = chance(8) ? List.of(metrics.getFirst() + (chance(2) ? " > " : " <= ") + random.nextInt(200)) : List.of();
    Optional<MetricQuery.TimeRange> range = needsRange || chance(overTime ? 2 : 4) ? Optional.of(range(grain)) : Optional.empty();
    MetricQuery.Extras extras = chance(3) ? new ExtrasGenerator(vocabulary, random).next(metrics, groupBy, range.isPresent())
        : MetricQuery.Extras.NONE;
    boolean ordered = chance(4) && extras.equals(MetricQuery.Extras.NONE);
    return new MetricQuery(metrics.stream().map(MetricQuery.Item::of).toList(), groupBy.stream().map(MetricQuery.Item::of).toList(), where,
        having, ordered ? orderBy(groupBy) : List.of(), ordered && chance(2) ? OptionalLong.of(random.nextInt(8)) : OptionalLong.empty(),
        OptionalLong.empty(), range,
        chance(6) ? Optional.of(pick(ZONES, 1).getFirst()) : Optional.empty(), Optional.empty(), MetricQuery.Mode.DISTINCT,
        extras, MetricQuery.Options.DEFAULT);
  }

  private List<String> where(List<Item> items, TimeGrain grain) {
    List<String> where = new ArrayList<>(pick(items, random.nextInt(3)).stream().map(conditions::on).toList());
    if (chance(4)) {
      List<Value> days = random.ints(4, 0, 1100)
          .<Value>mapToObj(day -> new Value.Moment(LocalDate.of(2023, 1, 1).plusDays(day).atStartOfDay()))
          .toList();
      where.add(conditions.on(new Item("metric_time__" + grain(grain), Optional.of(grain), days)));
    }
    return where;
  }

  private List<String> groupBy(List<Item> items, boolean needsTime, TimeGrain grain) {
    List<String> groupBy = new ArrayList<>();
    if (needsTime || chance(3)) {
      groupBy.add("metric_time__" + grain(grain));
    }
    for (Item item : pick(items, random.nextInt(3))) {
      groupBy.add(item.grain().map(finest -> item.name() + "__" + period(finest)).orElse(item.name()));
    }
    return groupBy.stream().distinct().toList();
  }

  private String period(TimeGrain finest) {
    List<DatePart> parts = PARTS.stream().filter(part -> !part.coarsestGrain().isFinerThan(finest)).toList();
    return chance(4) ? "extract_" + pick(parts, 1).getFirst().label() : grain(finest);
  }

  private String grain(TimeGrain finest) {
    return pick(GRAINS.stream().filter(grain -> !grain.isFinerThan(finest)).toList(), 1).getFirst().label();
  }

  private List<String> orderBy(List<String> groupBy) {
    return groupBy.stream().map(item -> chance(2) ? "-" + item : item).toList();
  }

  private MetricQuery.TimeRange range(TimeGrain grain) {
    LocalDate start = LocalDate.of(2023, 1, 1).plusDays(random.nextInt(1000));
    LocalDate end = start.plusDays(random.nextInt(120));
    return grain.isCoarserThan(TimeGrain.DAY)
        ? new MetricQuery.TimeRange(start.withDayOfMonth(1).toString(), end.with(TemporalAdjusters.lastDayOfMonth()).toString())
        : new MetricQuery.TimeRange(start.toString(), end.toString());
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> List<T> pick(List<T> all, int count) {
    return IntStream.range(0, Math.min(count, all.size())).mapToObj(any -> all.get(random.nextInt(all.size()))).distinct().toList();
  }
}
