// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.Measure;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Branches that differ in nothing but their filters, computed in one pass over the rows. Where filters pick values of categories and partial results
 * merge, rows are grouped by those categories first and the few groups are filtered; else each aggregate has its condition. A group is there if one
 * of the filters has a row in it, and a count is NULL, not 0, where its own filter has none: just as if each branch stood alone.
 */
public final class FilteredBranches {
  private static final int FEWEST_TO_GROUP_FIRST = 3;
  private static final Expr ONE = Expr.number(1);

  private final Planning planning;
  private final List<Branch> branches;
  private final List<ItemName> items;
  private final List<Expr> common;
  private final BranchRows rows;

  /** {@code rollup} holds what all the branches need; without one the dataset's rows are read. */
  public FilteredBranches(Planning planning, List<Branch> branches, List<ItemName> items, MetricTables tables, Optional<RolledUp> rollup) {
    this.planning = planning;
    this.branches = branches;
    this.items = items;
    this.common = branches.getFirst()
        .key()
        .filters()
        .stream()
        .filter(filter -> branches.stream().allMatch(branch -> branch.key().filters().contains(filter)))
        .toList();
    Branch all = new Branch(branches.getFirst().key().withFilters(common));
    branches.forEach(branch -> branch.measures().forEach(all::put));
    this.rows = rollup.map(groups -> new BranchRows(planning, all, items, tables, groups))
        .orElseGet(() -> new BranchRows(planning, all, items, tables));
  }

  /** The plan; {@code marks} names, for some branches, a column that is true where the branch has rows. Nothing where the branches must be apart. */
  public Optional<PlanNode> plan(Map<Branch, String> marks) {
    boolean custom = rows.branch().measures().values().stream().anyMatch(measure -> measure.aggregation() == Aggregation.CUSTOM);
    boolean timed = branches.stream().flatMap(branch -> own(branch).stream()).anyMatch(rows::isTimed);
    if (custom || timed) {
      return Optional.empty();
    }
    List<PlanNode.Named> keys = items.stream().map(item -> new PlanNode.Named(item.full(), rows.slot(item).expr(planning))).toList();
    List<Expr> conditions = new ArrayList<>();
    if (!rows.range().isEmpty()) {
      conditions.addAll(rows.range(rows.rows().metricTime()));
    }
    common.forEach(filter -> conditions.add(rows.condition(filter)));
    Map<Branch, Expr> own = new LinkedHashMap<>();
    branches.stream()
        .filter(branch -> !own(branch).isEmpty())
        .forEach(
            branch -> own.put(branch, Expr.and(own(branch).stream().map(rows::condition).toList())));
    if (rows.rows().fansOut()) {
      return Optional.empty();
    }
    if (rows.isRolledUp()) {
      return Optional.of(overGroups(keys, conditions, own, marks));
    }
    return Optional.of(groupsFirst() ? groupedFirst(keys, conditions, marks) : inOneScan(keys, conditions, own, marks));
  }

  private List<Expr> own(Branch branch) {
    return branch.key().filters().stream().filter(filter -> !common.contains(filter)).toList();
  }

  private boolean groupsFirst() {
    boolean coarse = items.stream().allMatch(this::hasFewValues);
    boolean merges = rows.branch().measures().values().stream().allMatch(measure -> Partials.of("", measure, List.of()).isPresent());
    boolean open = planning.model().rights().masks().isEmpty(); // grouped values are those that filters need
    return branches.size() >= FEWEST_TO_GROUP_FIRST && merges && coarse && open
        && branches.stream().flatMap(branch -> own(branch).stream()).allMatch(this::picksValues);
  }

  /** Whether an item is no key: days and categories, not customers and seconds. */
  private boolean hasFewValues(ItemName item) {
    if (rows.rows().isMetricTime(item)) {
      Grain grain = item.grain().<Grain>map(asked -> asked).orElse(TimeGrain.DAY);
      return !(grain instanceof TimeGrain standard) || !standard.isFinerThan(TimeGrain.DAY);
    }
    return planning.finder().tryFind(rows.dataset(), item).filter(FilteredBranches::isCategory).isPresent();
  }

  private static boolean isCategory(Member member) {
    return member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Categorical;
  }

  /** Whether a filter compares categories with constants. */
  private boolean picksValues(Expr filter) {
    return switch (filter) {
      case Expr.Column column -> isCategory(column);
      case Expr.Call call -> switch (call.operator()) {
        case "and", "or", "not" -> call.arguments().stream().allMatch(this::picksValues);
        case "=", "<>", "in", "is null", "is not null", "is true", "is not true", "is false", "is not false" ->
            call.arguments().getFirst() instanceof Expr.Column column && isCategory(column)
                && call.arguments().stream().skip(1).allMatch(FilteredBranches::isName);
        default -> false;
      };
      case Expr.Literal literal -> true;
      case Expr.Interval interval -> false;
      case Expr.Member member -> false;
      case Expr.Case choice -> false;
      case Expr.Cast cast -> false;
    };
  }

  private static boolean isName(Expr expr) {
    return expr instanceof Expr.Literal literal && (literal.type().equals(DataType.STRING) || literal.type().equals(DataType.BOOLEAN));
  }

  private boolean isCategory(Expr.Column column) {
    return planning.finder()
        .tryFind(rows.dataset(), ItemName.parse(column.name(), planning.model()))
        .filter(FilteredBranches::isCategory)
        .isPresent();
  }

  private PlanNode groupedFirst(List<PlanNode.Named> keys, List<Expr> conditions, Map<Branch, String> marks) {
    Map<String, PlanNode.Named> fine = new LinkedHashMap<>();
    keys.forEach(key -> fine.put(key.name(), key));
    branches.forEach(branch -> own(branch).forEach(filter -> FilterExprs.items(filter, planning)
        .forEach(item -> fine.putIfAbsent(item.full(), new PlanNode.Named(item.full(), rows.slot(item).expr(planning))))));
    Map<Measure, String> known = new LinkedHashMap<>();
    List<Partials.Part> parts = new ArrayList<>();
    List<PlanNode.Aggregated> merged = new ArrayList<>();
    List<PlanNode.Named> outputs = new ArrayList<>(BranchRows.same(keys));
    for (Branch branch : branches) {
      Optional<Expr> where = own(branch).isEmpty() ? Optional.empty()
          : Optional.of(Expr.and(own(branch).stream().map(this::overGroups).toList()));
      branch.measures().forEach((name, measure) -> {
        Partials own = Partials.of(name, measure, rows.arguments().of(name)).orElseThrow();
        String source = known.computeIfAbsent(measure, any -> {
          parts.addAll(own.parts());
          return name;
        });
        own.parts()
            .forEach(part -> merged.add(new PlanNode.Aggregated(part.name(), part.merge(),
                List.of(Expr.column(source + part.name().substring(name.length()))), where)));
        outputs.add(new PlanNode.Named(name, items.isEmpty() && measure.aggregation().countsRows()
            ? Expr.call("coalesce", own.value(), Expr.number(0))
            : own.value()));
      });
      mark(branch, marks, where, merged, outputs);
    }
    PlanNode groups = new PlanNode.Aggregate(PlainBranch.filtered(rows.rows().build(), conditions), List.copyOf(fine.values()),
        parts.stream().map(Partials.Part::overRows).toList());
    List<Expr> any = branches.stream().map(branch -> Expr.and(own(branch).stream().map(this::overGroups).toList())).toList();
    boolean all = items.isEmpty() || branches.stream().anyMatch(branch -> own(branch).isEmpty());
    PlanNode kept = all ? groups : PlainBranch.filtered(groups, List.of(anyOf(any)));
    return new PlanNode.Compute(new PlanNode.Aggregate(kept, BranchRows.same(keys), merged), outputs);
  }

  private static Expr anyOf(List<Expr> conditions) {
    return conditions.stream().reduce((a, b) -> Expr.call("or", a, b)).orElseThrow();
  }

  /** A filter over the columns that rows were grouped by. */
  private Expr overGroups(Expr filter) {
    return new FilterExprs(planning, node -> node instanceof Expr.Column column
        ? Optional.of(new Slot.Plain(Expr.column(ItemName.parse(column.name(), planning.model()).full())))
        : Optional.empty()).translate(filter);
  }

  private static void mark(Branch branch, Map<Branch, String> marks, Optional<Expr> where, List<PlanNode.Aggregated> aggregates,
      List<PlanNode.Named> outputs) {
    String mark = marks.get(branch);
    if (mark != null) {
      aggregates.add(new PlanNode.Aggregated(mark, PlanNode.Function.of(Aggregation.COUNT), List.of(ONE), where));
      outputs.add(new PlanNode.Named(mark, Expr.call(">", Expr.column(mark), Expr.number(0))));
    }
  }

  /** A rollup's groups merge under each branch's condition; where none satisfies it there is nothing to merge, which is NULL. */
  private PlanNode overGroups(List<PlanNode.Named> keys, List<Expr> conditions, Map<Branch, Expr> own, Map<Branch, String> marks) {
    Map<String, Partials> partials = new LinkedHashMap<>();
    rows.partials().orElseThrow().forEach(one -> partials.put(one.name(), one));
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    List<PlanNode.Named> outputs = new ArrayList<>(BranchRows.same(keys));
    for (Branch branch : branches) {
      Optional<Expr> where = Optional.ofNullable(own.get(branch));
      branch.measures().forEach((name, measure) -> {
        Partials merged = Objects.requireNonNull(partials.get(name));
        merged.parts()
            .forEach(part -> aggregates.add(new PlanNode.Aggregated(part.name(), part.function(), part.arguments(), where)));
        outputs.add(new PlanNode.Named(name, items.isEmpty() && measure.aggregation().countsRows()
            ? Expr.call("coalesce", merged.value(), Expr.number(0))
            : merged.value()));
      });
      mark(branch, marks, where, aggregates, outputs);
    }
    return new PlanNode.Compute(
        new PlanNode.Aggregate(PlainBranch.filtered(rows.rows().build(), withAnyOf(conditions, own)), keys, aggregates), outputs);
  }

  private List<Expr> withAnyOf(List<Expr> conditions, Map<Branch, Expr> own) {
    List<Expr> all = new ArrayList<>(conditions);
    if (own.size() == branches.size() && !items.isEmpty()) {
      all.add(anyOf(List.copyOf(own.values())));
    }
    return all;
  }

  private PlanNode inOneScan(List<PlanNode.Named> keys, List<Expr> conditions, Map<Branch, Expr> own, Map<Branch, String> marks) {
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    List<PlanNode.Named> outputs = new ArrayList<>(BranchRows.same(keys));
    for (Branch branch : branches) {
      Optional<Expr> where = Optional.ofNullable(own.get(branch));
      branch.measures().forEach((name, measure) -> {
        aggregates.add(conditional(name, measure, where));
        outputs.add(new PlanNode.Named(name, value(name, measure, where, aggregates)));
      });
      mark(branch, marks, where, aggregates, outputs);
    }
    return new PlanNode.Compute(
        new PlanNode.Aggregate(PlainBranch.filtered(rows.rows().build(), withAnyOf(conditions, own)), keys, aggregates), outputs);
  }

  /** The measure over the rows of its branch; distinct values are picked before they are counted, which is faster. */
  private PlanNode.Aggregated conditional(String name, Measure measure, Optional<Expr> where) {
    List<Expr> arguments = rows.arguments().of(name);
    boolean distinct = measure.aggregation() == Aggregation.COUNT_DISTINCT;
    if (distinct && where.isPresent()) {
      Expr picked = new Expr.Case(List.of(new Expr.When(where.get(), arguments.getFirst())), Optional.empty());
      return new PlanNode.Aggregated(name, PlanNode.Function.of(measure), List.of(picked), Optional.empty());
    }
    return new PlanNode.Aggregated(name, PlanNode.Function.of(measure), arguments, where);
  }

  /** Where a group has no row of the branch, its counts are NULL. */
  private Expr value(String name, Measure measure, Optional<Expr> where, List<PlanNode.Aggregated> aggregates) {
    if (!measure.aggregation().countsRows() || where.isEmpty() || items.isEmpty()) {
      return Expr.column(name);
    }
    boolean countsAll = measure.aggregation() == Aggregation.COUNT
        && rows.arguments().of(name).getFirst() instanceof Expr.Literal;
    if (countsAll) {
      return Expr.call("nullif", Expr.column(name), Expr.number(0));
    }
    String seen = name + "#rows";
    aggregates.add(new PlanNode.Aggregated(seen, PlanNode.Function.of(Aggregation.COUNT), List.of(ONE), where));
    return new Expr.Case(List.of(new Expr.When(Expr.call(">", Expr.column(seen), Expr.number(0)), Expr.column(name))), Optional.empty());
  }
}
