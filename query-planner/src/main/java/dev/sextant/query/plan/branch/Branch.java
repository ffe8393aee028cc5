// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.time.Planning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures that one pass over the rows of a dataset can compute: same rows, same time, same treatment. */
public final class Branch {
  private final Key key;
  private final Map<String, Measure> measures = new LinkedHashMap<>();

  /** What measures of one branch have in common. */
  public record Key(String dataset, Optional<String> timeDimension, List<Expr> filters, Optional<Accumulation> accumulation,
      Optional<Shift> shift,
      Optional<Measure.NonAdditive> nonAdditive, Optional<EveryPeriod> everyPeriod) {
    public Key {
      filters = List.copyOf(filters);
    }

    /** Rows at their own time, each for itself. */
    public static Key plain(String dataset, Optional<String> timeDimension, List<Expr> filters) {
      return new Key(dataset, timeDimension, filters, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Key withFilters(List<Expr> others) {
      return new Key(dataset, timeDimension, others, accumulation, shift, nonAdditive, everyPeriod);
    }

    /** The same, shown when it happened. */
    public Key unshifted() {
      return new Key(dataset, timeDimension, filters, accumulation, Optional.empty(), nonAdditive, everyPeriod);
    }

    /** Whether each row counts at its own time and for itself, so that measures with other filters can be computed beside. */
    public boolean isPlain() {
      return accumulation.isEmpty() && shift.isEmpty() && nonAdditive.isEmpty() && everyPeriod.isEmpty();
    }

    /** Whether each row is in one group of the items only, and in the same one whatever it is asked with. */
    public boolean groupsRowsOnce(List<ItemName> items, Planning planning) {
      Dataset base = planning.model().dataset(dataset).orElseThrow();
      return accumulation.isEmpty() && shift.isEmpty() && nonAdditive.isEmpty()
          && items.stream().flatMap(item -> planning.plain(item).stream()).noneMatch(item -> planning.fansOut(item, base));
    }
  }

  /**
   * Every period of the calendar is shown, with or without rows. The metric's own filters hold for its rows alone, those asked for also for the
   * periods without; where a longer period's value is picked from shorter ones, {@code fill} stands in for those without rows.
   */
  public record EveryPeriod(List<Expr> ownFilters, Optional<java.math.BigDecimal> fill) {
    public EveryPeriod {
      ownFilters = List.copyOf(ownFilters);
    }
  }

  /** How a cumulative metric gathers rows up to each instant. */
  public record Accumulation(Optional<TimeWindow> window, Optional<Grain> toDate, Metric.PeriodAggregation period) {}

  /** How an input is shown at another time than its rows have. */
  public sealed interface Shift {
    /** {@code window} later than it happened. */
    record By(TimeWindow window) implements Shift {}

    /** All through a period of {@code grain} the value of its first instant. */
    record ToStart(Grain grain) implements Shift {}
  }

  public Branch(Key key) {
    this.key = key;
  }

  public Key key() {
    return key;
  }

  /** The measures by the names of their columns. */
  public Map<String, Measure> measures() {
    return measures;
  }

  /** Adds a measure under a name of its own. */
  void put(String name, Measure measure) {
    measures.put(name, measure);
  }

  /** Adds a measure and returns the name of its column, which is {@code wanted} unless another measure has it. */
  public String add(Measure measure, String wanted) {
    for (Map.Entry<String, Measure> known : measures.entrySet()) {
      if (known.getValue().equals(measure)) {
        return known.getKey();
      }
    }
    measures.put(wanted, measure);
    return wanted;
  }
}
