// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Aggregation;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinPath;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.plan.LeafBranches;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MemberKey;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out which tables a rollup's definition means. */
final class RollupLayout {
  private static final int LONGEST = 48;

  private final Planning planning;
  private final Rollup rollup;
  private final Optional<TimeGrain> grain;

  private RollupLayout(SemanticModel model, Rollup rollup) {
    this.planning = Planning.whole(model);
    this.rollup = rollup;
    this.grain = rollup.grain().map(asked -> switch (asked) {
      case TimeGrain standard -> standard;
      case CustomGrain custom -> throw Problem.of(QueryIssue.UNSUPPORTED, "rollup '" + rollup.name() + "' has the grain '" + custom.label()
          + "', but only standard grains can be rolled up. Take day: it serves all custom grains made of days.");
    });
  }

  /** The tables, in an order that depends on the definition alone; an exception tells why the rollup cannot be. */
  static List<RollupTable> of(SemanticModel model, Rollup rollup) {
    return new RollupLayout(model, rollup).tables();
  }

  private List<RollupTable> tables() {
    List<Metric> metrics = rollup.metrics().stream().map(name -> planning.model().anyMetric(name).orElseThrow()).toList();
    List<ItemName> times = grain.map(one -> List.of(ItemName.parse(ItemName.METRIC_TIME, planning.model()).withGrain(one)))
        .orElse(List.of());
    List<Expr> filters = rollup.filters()
        .stream()
        .map(FilterReader::normalize)
        .flatMap(filter -> FilterReader.conjuncts(filter).stream())
        .toList();
    Map<Branch.Key, Branch> branches = new LinkedHashMap<>();
    for (Branch leaf : LeafBranches.of(planning, metrics, times, filters)) {
      Branch.Key key = Branch.Key.plain(leaf.key().dataset(), leaf.key().timeDimension(), leaf.key().filters());
      Branch branch = branches.computeIfAbsent(key, Branch::new);
      leaf.measures().forEach((name, measure) -> add(branch, name, measure));
    }
    List<RollupTable> tables = new ArrayList<>();
    branches.values().forEach(branch -> tables.add(table(branch, tables.size(), RollupLayout::held)));
    if (rollup.approximate()) {
      branches.values()
          .stream()
          .map(branch -> table(branch, tables.size(), SketchedMeasures::held))
          .filter(RollupTable::isSketched)
          .forEach(tables::add);
    }
    return tables;
  }

  private static void add(Branch branch, String wanted, Measure measure) {
    String name = wanted;
    for (int i = 2; branch.measures().containsKey(name); i++) {
      name = wanted + "_" + i;
    }
    var unused = branch.add(measure, name);
  }

  /** Finds the columns of a measure that has a name, beside those whose names are taken. */
  private interface Holder {
    Optional<RollupTable.Held> held(String name, Measure measure, Set<String> taken);
  }

  private RollupTable table(Branch branch, int place, Holder holder) {
    Dataset dataset = planning.model().dataset(branch.key().dataset()).orElseThrow();
    Optional<Dimension.Time> time = branch.key().timeDimension().flatMap(dataset::timeDimension);
    Map<String, RollupTable.Kept> items = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>(List.of(RollupTable.TIME));
    for (String dimension : rollup.dimensions()) {
      ItemName name = ItemName.parse(dimension, planning.model());
      Member member = planning.finder().find(dataset, name);
      if (!isOwnTime(member, time) && !items.containsKey(MemberKey.of(member))) {
        items.put(MemberKey.of(member), kept(name, member, free(name.base(), taken)));
      }
    }
    Map<Measure, RollupTable.Held> measures = new LinkedHashMap<>();
    branch.measures().forEach((name, measure) -> holder.held(name, measure, taken).ifPresent(held -> measures.put(measure, held)));
    Optional<TimeGrain> kept = grain.map(asked -> TimeGrain.coarser(asked, time.map(Dimension.Time::grain).orElse(asked)));
    List<Condition> conditions = branch.key()
        .filters()
        .stream()
        .map(filter -> Condition.of(filter, JoinPath.HERE, dataset, time, planning))
        .toList();
    return new RollupTable(rollup, place, branch, dataset, time, kept, conditions, items, measures);
  }

  private static boolean isOwnTime(Member member, Optional<Dimension.Time> time) {
    return member.path().length() == 0 && member instanceof Member.Attribute attribute
        && time.filter(own -> own.name().equals(attribute.dimension().name())).isPresent();
  }

  private static RollupTable.Kept kept(ItemName name, Member member, String column) {
    return member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time dimension
        ? new RollupTable.Kept(name.withGrain(dimension.grain()), member, column, Optional.of(dimension.grain()))
        : new RollupTable.Kept(name, member, column, Optional.empty());
  }

  /** The columns of a measure; none for what even the groups of the table cannot give, or no warehouse can look up again. */
  static Optional<RollupTable.Held> held(String name, Measure measure, Set<String> taken) {
    Optional<Partials> partials = Partials.of(name, measure, List.of());
    if (partials.isEmpty() && (measure.nonAdditive().isPresent() || measure.aggregation() == Aggregation.CUSTOM)) {
      return Optional.empty();
    }
    List<RolledUp.Part> parts = new ArrayList<>();
    partials.ifPresent(one -> one.parts().forEach(part -> {
      String suffix = part.name().substring(name.length());
      parts.add(new RolledUp.Part(suffix, free(name + suffix.replace('#', '_'), taken), part.merge()));
    }));
    if (partials.isEmpty()) {
      parts.add(new RolledUp.Part("", free(name, taken), PlanNode.Function.of(Aggregation.MAX)));
    }
    return Optional.of(new RollupTable.Held(new RolledUp.Measured(measure, parts),
        partials.isPresent() ? RollupTable.Holding.MERGES : RollupTable.Holding.SAME_GROUPS));
  }

  /** Warehouses cut long names off. */
  static String free(String wanted, Set<String> taken) {
    String start = wanted.length() <= LONGEST ? wanted : wanted.substring(0, LONGEST);
    String name = start;
    for (int i = 2; !taken.add(name); i++) {
      name = start + "_" + i;
    }
    return name;
  }
}
