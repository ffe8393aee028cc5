// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Dimension;
import dev.sextant.model.Documentation;
import dev.sextant.model.JoinPath;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.Position;
import dev.sextant.model.Rights;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.TimeSpan;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.plan.LeafBranches;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.rows.MemberKey;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer of a question seen as the only table of a rollup, which holds the rows of one dataset in groups. {@code columns} are its columns in
 * the order of the answer's; {@code span} bounds the times of its rows.
 */
public final class AnswerTable {
  private final RollupTable table;
  private final List<String> columns;
  private final Optional<TimeSpan> span;

  private AnswerTable(RollupTable table, List<String> columns, Optional<TimeSpan> span) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.span = span;
  }

  RollupTable table() {
    return table;
  }

  /** The names of its columns, in the order of the answer's. */
  public List<String> columns() {
    return columns;
  }

  Optional<TimeSpan> span() {
    return span;
  }

  /**
   * Nothing where the answer is not all groups of one dataset's rows, where no metric in it merges, or where its items are masked for who has
   * {@code rights}.
   */
  public static Optional<AnswerTable> of(BoundQuery asked, Rights rights) {
    boolean whole = asked.having().isEmpty() && asked.limit().isEmpty() && asked.offset().isEmpty()
        && asked.extras().equals(MetricQuery.Extras.NONE);
    boolean plain = asked.metrics().stream().allMatch(one -> isPlain(one.metric(), asked.model()))
        && asked.items().stream().allMatch(item -> item.expr().isEmpty() && item.item().part().isEmpty())
        && asked.zone().equals(asked.model().calendar().zone());
    if (!whole || !plain || asked.metrics().isEmpty()) {
      return Optional.empty();
    }
    Planning planning = Planning.of(asked);
    List<Branch> branches = LeafBranches.of(planning, asked.metrics().stream().map(BoundQuery.AskedMetric::metric).toList(),
        asked.items().stream().map(BoundQuery.Item::item).toList(), asked.where());
    Set<Branch.Key> keys = new HashSet<>();
    branches.forEach(branch -> keys.add(branch.key()));
    boolean one = keys.size() == 1 && keys.iterator().next().isPlain();
    return one ? new Layout(asked, rights, planning, keys.iterator().next()).table() : Optional.empty();
  }

  /** Whether a metric adds no groups to those of its rows. */
  private static boolean isPlain(Metric metric, SemanticModel model) {
    return switch (metric) {
      case Metric.Simple simple -> true;
      case Metric.Ratio ratio -> isPlain(ratio.numerator(), model) && isPlain(ratio.denominator(), model);
      case Metric.Derived derived -> derived.inputs().stream().allMatch(input -> isPlain(input, model));
      case Metric.Cumulative cumulative -> false;
      case Metric.Conversion conversion -> false;
    };
  }

  private static boolean isPlain(MetricInput input, SemanticModel model) {
    return !input.isShifted() && isPlain(LeafMetrics.input(input, model), model);
  }

  /** Finds the columns of an answer. */
  private static final class Layout {
    private final BoundQuery asked;
    private final Rights rights;
    private final Planning planning;
    private final Branch branch;
    private final dev.sextant.model.Dataset dataset;
    private final Optional<Dimension.Time> time;
    private final Map<String, RollupTable.Kept> items = new LinkedHashMap<>();
    private final Map<Measure, RollupTable.Held> measures = new LinkedHashMap<>();
    private final List<String> columns = new ArrayList<>();
    private Optional<TimeGrain> grain = Optional.empty();

    private Layout(BoundQuery asked, Rights rights, Planning planning, Branch.Key key) {
      this.asked = asked;
      this.rights = rights;
      this.planning = planning;
      this.branch = new Branch(key);
      this.dataset = planning.model().dataset(key.dataset()).orElseThrow();
      this.time = key.timeDimension().flatMap(dataset::timeDimension);
    }

    private Optional<AnswerTable> table() {
      if (!asked.items().stream().allMatch(item -> add(item.item()))) {
        return Optional.empty();
      }
      asked.metrics().forEach(one -> add(one.metric()));
      if (measures.isEmpty()) {
        return Optional.empty();
      }
      Rollup rollup = new Rollup("answer", List.of(), List.of(), grain.map(one -> one), List.of(), Optional.empty(),
          new Rollup.Refresh(Optional.empty(), Optional.empty(), Optional.empty()), Rollup.Store.LOCAL, false, Documentation.NONE,
          Position.NOWHERE);
      List<Condition> conditions = branch.key()
          .filters()
          .stream()
          .map(filter -> Condition.of(filter, JoinPath.HERE, dataset, time, planning))
          .toList();
      RollupTable table = new RollupTable(rollup, 0, branch, dataset, time, grain, conditions, items, measures);
      return Optional.of(new AnswerTable(table, columns,
          asked.range().map(range -> Ranges.span(range, time.map(Dimension.Time::grain).orElse(TimeGrain.DAY), planning))));
    }

    /** Adds an item's column, false where a rollup has none like it. */
    private boolean add(ItemName item) {
      Named named = Named.of(item, dataset, time, planning);
      if (item.grain().filter(own -> !(own instanceof TimeGrain)).isPresent() || named.own().isPresent() && item.grain().isEmpty()) {
        return false;
      }
      if (named.isOwnTime()) {
        boolean first = grain.isEmpty() && time.isPresent();
        grain = named.grain();
        columns.add(RollupTable.TIME);
        return first;
      }
      String column = "item_" + columns.size();
      columns.add(column);
      Member member = named.member().orElseThrow();
      boolean masked = member instanceof Member.Attribute attribute
          && rights.mask(attribute.dataset(), attribute.dimension()).isPresent();
      return !masked && items.putIfAbsent(MemberKey.of(member), new RollupTable.Kept(item, member, column, named.grain())) == null;
    }

    /** Adds a metric's column; it is of use where its values are the partial results of a measure. */
    private void add(Metric metric) {
      String column = "metric_" + columns.size();
      columns.add(column);
      if (metric instanceof Metric.Simple simple && simple.fillNullsWith().isEmpty() && !simple.joinToTimeSpine()) {
        Partials.of(column, simple.measure(), List.of())
            .filter(partials -> partials.parts().size() == 1)
            .map(partials -> partials.parts().getFirst().merge())
            .ifPresent(merge -> {
              RolledUp.Part part = new RolledUp.Part("", column, merge);
              measures.putIfAbsent(simple.measure(),
                  new RollupTable.Held(new RolledUp.Measured(simple.measure(), List.of(part)), RollupTable.Holding.MERGES));
              var unused = branch.add(simple.measure(), column);
            });
      }
    }
  }
}
