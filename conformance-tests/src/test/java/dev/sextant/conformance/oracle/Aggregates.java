// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Comparison;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Aggregation;
import dev.sextant.model.Measure;
import java.math.BigDecimal;
import java.util.List;

/** Aggregates the values a measure has in the rows of a group. */
final class Aggregates {

  private Aggregates() {}

  static Value of(Measure measure, List<List<Value>> rows) {
    List<Value> all = rows.stream().map(List::getFirst).toList();
    List<Value> values = all.stream().filter(value -> !value.isNull()).toList();
    if (measure.aggregation() == Aggregation.SUM_BOOLEAN) {
      return all.isEmpty() ? Value.NULL : Value.Exact.of(values.stream().filter(Value.of(true)::equals).count());
    }
    if (values.isEmpty()) {
      return measure.aggregation().countsRows() ? Value.Exact.of(0) : Value.NULL;
    }
    return switch (measure.aggregation()) {
      case SUM -> sum(values);
      case MIN -> values.stream().min(Comparison::compare).orElseThrow();
      case MAX -> values.stream().max(Comparison::compare).orElseThrow();
      case COUNT -> Value.Exact.of(values.size());
      case COUNT_DISTINCT -> Value.Exact.of(values.stream().distinct().count());
      case AVERAGE -> mean(values);
      case MEDIAN -> interpolated(values, 0.5);
      case PERCENTILE -> percentile(measure.percentile().orElseThrow(), values);
      case STDDEV -> values.size() < 2 ? Value.NULL : new Value.Real(Math.sqrt(squares(values) / (values.size() - 1)));
      case STDDEV_POP -> new Value.Real(Math.sqrt(squares(values) / values.size()));
      case VARIANCE -> values.size() < 2 ? Value.NULL : new Value.Real(squares(values) / (values.size() - 1));
      case VARIANCE_POP -> new Value.Real(squares(values) / values.size());
      case CORRELATION -> correlation(rows);
      case CUSTOM -> CustomAggregates.of(measure.custom().orElseThrow().sql(), values);
      case SUM_BOOLEAN -> throw new IllegalStateException("counted before");
    };
  }

  /** One value over another; NULL where either is, or the second is 0. */
  static Value ratio(Value above, Value below) {
    return above.isNull() || below.isNull() || number(below) == 0 ? Value.NULL : new Value.Real(number(above) / number(below));
  }

  /** One value less another; neither is NULL. */
  static Value difference(Value from, Value less) {
    return from instanceof Value.Exact a && less instanceof Value.Exact b ? new Value.Exact(a.value().subtract(b.value()))
        : new Value.Real(number(from) - number(less));
  }

  /** What several groups' values make together, where they add up. */
  static Value merged(Measure measure, List<Value> values) {
    List<Value> there = values.stream().filter(value -> !value.isNull()).toList();
    if (there.isEmpty()) {
      return Value.NULL;
    }
    return switch (measure.aggregation()) {
      case SUM, COUNT, SUM_BOOLEAN -> sum(there);
      case MIN -> there.stream().min(Comparison::compare).orElseThrow();
      case MAX -> there.stream().max(Comparison::compare).orElseThrow();
      default -> throw new UnknownToTheOracle("running values of " + measure.aggregation().label());
    };
  }

  static Value mean(List<Value> values) {
    List<Value> there = values.stream().filter(value -> !value.isNull()).toList();
    return there.isEmpty() ? Value.NULL : new Value.Real(total(there) / there.size());
  }

  static Value sum(List<Value> values) {
    return values.stream().allMatch(Value.Exact.class::isInstance)
        ? new Value.Exact(values.stream().map(value -> ((Value.Exact) value).value()).reduce(BigDecimal.ZERO, BigDecimal::add))
        : new Value.Real(total(values));
  }

  private static double total(List<Value> values) {
    return values.stream().mapToDouble(Aggregates::number).sum();
  }

  private static double number(Value value) {
    return switch (value) {
      case Value.Exact exact -> exact.value().doubleValue();
      case Value.Real real -> real.value();
      case Value.Truth truth -> truth.value() ? 1 : 0;
      case Value.Absent none -> throw new UnknownToTheOracle("the sum of nothing");
      case Value.Text text -> throw new UnknownToTheOracle("the sum of texts");
      case Value.Day day -> throw new UnknownToTheOracle("the sum of dates");
      case Value.Moment moment -> throw new UnknownToTheOracle("the sum of times");
      case Value.Point point -> throw new UnknownToTheOracle("the sum of instants");
    };
  }

  /** The sum of the squared distances from the mean. */
  private static double squares(List<Value> values) {
    double mean = total(values) / values.size();
    return values.stream().mapToDouble(value -> Math.pow(number(value) - mean, 2)).sum();
  }

  /** Pearson's, over the rows that have both values; none where one of them does not vary. */
  private static Value correlation(List<List<Value>> rows) {
    List<List<Value>> pairs = rows.stream().filter(row -> row.stream().noneMatch(Value::isNull)).toList();
    List<Value> first = pairs.stream().map(List::getFirst).toList();
    List<Value> second = pairs.stream().map(List::getLast).toList();
    if (first.stream().distinct().count() < 2 || second.stream().distinct().count() < 2) {
      return Value.NULL;
    }
    double a = total(first) / first.size();
    double b = total(second) / second.size();
    double together = pairs.stream().mapToDouble(pair -> (number(pair.getFirst()) - a) * (number(pair.getLast()) - b)).sum();
    return new Value.Real(Math.clamp(together / Math.sqrt(squares(first) * squares(second)), -1, 1));
  }

  private static Value percentile(Measure.Percentile percentile, List<Value> values) {
    if (percentile.approximate()) {
      throw new UnknownToTheOracle("estimates");
    }
    if (!percentile.discrete()) {
      return interpolated(values, percentile.fraction());
    }
    int rank = (int) Math.ceil(percentile.fraction() * values.size());
    return values.stream().sorted(Comparison::compare).toList().get(Math.max(rank, 1) - 1);
  }

  private static Value interpolated(List<Value> values, double fraction) {
    List<Value> sorted = values.stream().sorted(Comparison::compare).toList();
    double position = fraction * (sorted.size() - 1);
    int below = (int) Math.floor(position);
    double low = number(sorted.get(below));
    double high = number(sorted.get(Math.min(below + 1, sorted.size() - 1)));
    return new Value.Real(low + (high - low) * (position - below));
  }
}
