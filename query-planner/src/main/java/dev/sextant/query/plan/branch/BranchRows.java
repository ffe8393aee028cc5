// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TopItems;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.DatasetRows;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.rows.MetricFilters;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.rows.RollupRows;
import dev.sextant.query.plan.rows.RowSource;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the parts of a branch's plan share: its rows, the asked items, the arguments of its measures and its filters. */
public final class BranchRows {
  private final Planning planning;
  private final Branch branch;
  private final List<ItemName> items;
  private final Dataset dataset;
  private final Optional<Dimension.Time> time;
  private final RowSource rows;
  private final Optional<RolledUp> rollup;
  private final MetricFilters metricFilters;
  private final MeasureArguments arguments;

  public BranchRows(Planning planning, Branch branch, List<ItemName> items, MetricTables tables) {
    this(planning, branch, items, tables, DatasetRows.POLICED, Optional.empty());
  }

  /** {@code datasets} gives the rows of every dataset that is read. */
  public BranchRows(Planning planning, Branch branch, List<ItemName> items, MetricTables tables, DatasetRows datasets) {
    this(planning, branch, items, tables, datasets, Optional.empty());
  }

  /** {@code rollup} holds what the branch needs. */
  public BranchRows(Planning planning, Branch branch, List<ItemName> items, MetricTables tables, RolledUp rollup) {
    this(planning, branch, items, tables, DatasetRows.POLICED, Optional.of(rollup));
  }

  private BranchRows(Planning planning, Branch branch, List<ItemName> items, MetricTables tables, DatasetRows datasets,
      Optional<RolledUp> rollup) {
    this.rollup = rollup;
    this.planning = planning;
    this.branch = branch;
    this.items = items;
    this.dataset = planning.model().dataset(branch.key().dataset()).orElseThrow();
    this.time = branch.key().timeDimension().flatMap(dataset::timeDimension);
    this.rows = rollup.<RowSource>map(one -> new RollupRows(planning, one))
        .orElseGet(() -> new FactRows(planning, dataset, time, datasets));
    this.metricFilters = new MetricFilters(planning, tables, rows);
    this.arguments = new MeasureArguments(planning, dataset, rows, branch);
    if (rollup.isEmpty()) {
      arguments.readAll();
    }
  }

  /** What all of the plan shares. */
  public Planning planning() {
    return planning;
  }

  /** The measures and what they have in common. */
  public Branch branch() {
    return branch;
  }

  /** The asked items. */
  public List<ItemName> items() {
    return items;
  }

  /** The dataset whose rows are measured. */
  public Dataset dataset() {
    return dataset;
  }

  /** The time that the measures go by. */
  public Optional<Dimension.Time> time() {
    return time;
  }

  /** The rows and what is joined to them. */
  public RowSource rows() {
    return rows;
  }

  /** The rows of the dataset itself, for branches that were not rolled up. */
  public FactRows facts() {
    return switch (rows) {
      case FactRows facts -> facts;
      case RollupRows groups -> throw new IllegalStateException("the rows of dataset '" + dataset.name() + "' were rolled up");
    };
  }

  /** What the measures aggregate; nothing is read for branches that were rolled up. */
  public MeasureArguments arguments() {
    return arguments;
  }

  /** Reads what a measure aggregates: columns of its own dataset, and in braces what its rows are joined to. */
  public Expr argument(String name, Expr argument) {
    return arguments.read(name, argument);
  }

  public List<ItemName> timeItems() {
    return items.stream().filter(rows::isMetricTime).toList();
  }

  public List<ItemName> otherItems() {
    return items.stream().filter(item -> !rows.isMetricTime(item)).toList();
  }

  /** Whether a filter mentions the base's own time. */
  public boolean isTimed(Expr filter) {
    return FilterExprs.items(filter, planning).stream().anyMatch(rows::isMetricTime);
  }

  /** Whether the rows are groups with partial results. */
  public boolean isRolledUp() {
    return rollup.isPresent();
  }

  /** The measures taken apart into what merges, or nothing where one of them cannot be. */
  public Optional<List<Partials>> partials() {
    return rollup.map(this::merging).orElseGet(() -> Partials.of(branch.measures(), arguments.columns()));
  }

  private Optional<List<Partials>> merging(RolledUp from) {
    List<Partials> all = new ArrayList<>();
    branch.measures().forEach((name, measure) -> all.add(Partials.of(name, measure, from.measured(measure).orElseThrow(), rows)));
    return Optional.of(all);
  }

  /** Rows by the keys with the parts merged. Where each row of a rollup is one of the asked groups, there is nothing to merge. */
  public PlanNode merged(PlanNode groups, List<PlanNode.Named> keys, List<Partials> partials) {
    List<Partials.Part> parts = Partials.parts(partials);
    if (!isEachGroup(keys) || !parts.stream().allMatch(Partials.Part::isItselfAlone)) {
      return new PlanNode.Aggregate(groups, keys, parts.stream().map(Partials.Part::overRows).toList());
    }
    List<PlanNode.Named> outputs = new ArrayList<>(keys);
    parts.forEach(part -> outputs.add(new PlanNode.Named(part.name(), part.arguments().getFirst())));
    return new PlanNode.Compute(groups, outputs);
  }

  private boolean isEachGroup(List<PlanNode.Named> keys) {
    List<Expr> given = keys.stream().map(PlanNode.Named::expr).toList();
    return !keys.isEmpty() && rollup.flatMap(RolledUp::keys)
        .filter(own -> own.stream().allMatch(column -> given.contains(Expr.column(column))))
        .isPresent();
  }

  /** Translates a filter over the rows as they are stored. */
  public Expr condition(Expr filter) {
    if (rollup.filter(one -> one.implied().contains(filter)).isPresent()) {
      return Expr.and(List.of());
    }
    return new FilterExprs(planning, node -> switch (node) {
      case Expr.Column column -> Optional.of(stored(ItemName.parse(column.name(), planning.model())));
      case Expr.Member metric -> Optional.of(new Slot.Plain(metricFilters.column(metric)));
      case Expr.Literal literal -> Optional.empty();
      case Expr.Interval interval -> Optional.empty();
      case Expr.Call call -> Optional.empty();
      case Expr.Case choice -> Optional.empty();
      case Expr.Cast cast -> Optional.empty();
    }).translate(filter);
  }

  /** The column that is true for rows with a top value and NULL for others; the table of these is joined to the rows. */
  private Expr top(Planning.Top top) {
    rows.joinOnce(top.rows(), Expr.call("is not distinct from", rows.slot(top.item()).expr(planning), Expr.column(Planning.Top.KEY)));
    return Expr.column(TopItems.mark(top.item()));
  }

  /** What a name stands for in a condition. */
  private Slot stored(ItemName name) {
    if (planning.top().isPresent() && TopItems.isMark(name.element())) {
      return new Slot.Plain(top(planning.top().get()));
    }
    Expr computed = planning.expressions().get(name.full());
    if (computed != null) {
      return new Slot.Plain(shown(computed));
    }
    return rows.isMetricTime(name) ? rows.slot(name, rows.metricTime()) : rows.unmasked(name);
  }

  /** What a name stands for in an answer, over the rows as they are stored. */
  public Slot slot(ItemName name) {
    if (planning.top().isPresent() && TopItems.isMark(name.element())) {
      return new Slot.Plain(top(planning.top().get()));
    }
    Expr computed = planning.expressions().get(name.full());
    if (computed != null) {
      return new Slot.Plain(shown(computed));
    }
    return rows.isMetricTime(name) ? rows.slot(name, rows.metricTime()) : rows.slot(name);
  }

  /** Translates what an item is computed by. */
  private Expr shown(Expr computed) {
    return new FilterExprs(planning, node -> node instanceof Expr.Column column
        ? Optional.of(slot(ItemName.parse(column.name(), planning.model())))
        : Optional.empty()).translate(computed);
  }

  /** The columns that tell the base's rows apart, needed where a join repeats them. */
  public List<PlanNode.Named> rowKey() {
    Entity key = dataset.entities()
        .stream()
        .filter(entity -> entity.type() == Entity.Type.PRIMARY)
        .findFirst()
        .or(() -> dataset.entities().stream().filter(entity -> entity.type() == Entity.Type.UNIQUE).findFirst())
        .orElseThrow(() -> Problem.of(QueryIssue.UNSAFE_REAGGREGATION, "this question joins dataset '" + dataset.name()
            + "' to something it has many of, so each of its rows must be told apart to be counted once; but it has no primary entity with a "
            + "key. Declare one."));
    List<PlanNode.Named> columns = new ArrayList<>();
    for (int i = 0; i < key.keys().size(); i++) {
      columns.add(new PlanNode.Named("row_key#" + i, rows.baseColumn(key.name() + "#row" + i, key.keys().get(i))));
    }
    return columns;
  }

  /** The asked range as conditions on a time column. */
  public List<Expr> range(TimeColumn column) {
    return planning.range().map(range -> Ranges.conditions(range, column, planning)).orElse(List.of());
  }

  /** The asked range. */
  public Optional<BoundQuery.Range> range() {
    return planning.range();
  }

  public static List<PlanNode.Named> same(List<PlanNode.Named> columns) {
    return columns.stream().map(column -> new PlanNode.Named(column.name(), Expr.column(column.name()))).toList();
  }
}
