// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the plans of a branch over time share: the keys rows keep, which filters see the calendar's time, and which instants can matter. */
public final class OverTime {
  static final String HAPPENED = "happened_at";
  static final String GATHERED = "gathered_at";
  static final String SHOWN = "shown_at";

  final BranchRows branch;
  final Planning planning;
  final Spines spines;
  final List<ItemName> timeItems;
  final List<ItemName> otherItems;
  final List<Expr> timeFilters;
  final TimeGrain grain;
  private final List<Expr> rowFilters;

  OverTime(BranchRows branch) {
    this(branch, branch.isRolledUp() ? WorkingGrain::ofGroups : WorkingGrain::ofRows);
  }

  /** What a branch would be over time if its rows were a rollup's groups. */
  static OverTime overGroups(BranchRows branch) {
    return new OverTime(branch, WorkingGrain::ofGroups);
  }

  private OverTime(BranchRows branch, Function<OverTime, TimeGrain> grain) {
    this.branch = branch;
    this.planning = branch.planning();
    this.spines = new Spines(planning);
    this.timeItems = branch.timeItems();
    this.otherItems = branch.otherItems();
    this.timeFilters = branch.branch().key().filters().stream().filter(branch::isTimed).toList();
    this.rowFilters = branch.branch().key().filters().stream().filter(filter -> !branch.isTimed(filter)).toList();
    this.grain = periods().orElseGet(() -> grain.apply(this));
  }

  /** The asked periods, where all that is done is to show them later as wholes. */
  Optional<TimeGrain> periods() {
    boolean whole = accumulation().isEmpty() && timeFilters.isEmpty() && (planning.range().isEmpty() || planning.rangeGrain().isPresent())
        && timeItems.stream().allMatch(item -> item.part().isEmpty() && item.grain().filter(TimeGrain.class::isInstance).isPresent());
    Optional<TimeGrain> asked = timeItems.stream()
        .flatMap(item -> item.grain().stream())
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .reduce(TimeGrain::finer);
    return asked.filter(finest -> whole && !finest.isFinerThan(branch.rows().metricTime().grain())
        && shift().filter(shift -> shift instanceof Branch.Shift.By by && by.window().grain() instanceof TimeGrain unit
            && !finest.isCoarserThan(unit)).isPresent());
  }

  Optional<Branch.Accumulation> accumulation() {
    return branch.branch().key().accumulation();
  }

  Optional<Branch.Shift> shift() {
    return branch.branch().key().shift();
  }

  /** The columns rows keep beside their time: the asked items, and what filters on time mention beside it. */
  List<PlanNode.Named> keys() {
    Map<String, PlanNode.Named> keys = new LinkedHashMap<>();
    otherItems.forEach(item -> keys.put(item.full(), key(item)));
    extraKeys().forEach(item -> keys.putIfAbsent(item.full(), key(item)));
    return List.copyOf(keys.values());
  }

  private PlanNode.Named key(ItemName item) {
    return new PlanNode.Named(item.full(), branch.slot(item).expr(planning));
  }

  private List<ItemName> extraKeys() {
    return timeFilters.stream()
        .flatMap(filter -> FilterExprs.items(filter, planning).stream())
        .filter(item -> !branch.rows().isMetricTime(item) && otherItems.stream().noneMatch(asked -> asked.full().equals(item.full())))
        .toList();
  }

  /** Whether rows keep nothing that is not asked for, so that what is computed by their keys is final. */
  boolean keepsOnlyItems() {
    return extraKeys().isEmpty();
  }

  /** Whether a longer period's value is picked from all instants of the calendar. */
  boolean picksShownInstants() {
    return branch.branch().key().everyPeriod().isPresent() && accumulation().isPresent() && shift().isEmpty()
        && timeItems.stream().noneMatch(item -> item.grain().filter(grain::equals).isPresent());
  }

  /** Whether the calendar is a table of the project's own. */
  boolean hasDeclaredSpine() {
    return spines.declared(grain, branch.dataset().warehouse()).isPresent();
  }

  PlanNode.Named happened() {
    return new PlanNode.Named(HAPPENED, Times.truncated(branch.rows().metricTime(), grain, planning));
  }

  /** Whether the last of the rows that are read is the last of the dataset. */
  boolean readsToTheEnd() {
    return rowFilters.isEmpty() && happenedBounds().before().isEmpty();
  }

  /** The conditions on the rows as they are stored. */
  List<Expr> rowConditions() {
    List<Expr> conditions = new ArrayList<>();
    rowFilters.forEach(filter -> conditions.add(branch.condition(filter)));
    Bounds bounds = happenedBounds();
    FilterExprs filters = new FilterExprs(planning, node -> Optional.empty());
    if (bounds.equals(Bounds.NONE)) {
      conditions.add(Expr.call("is not null", branch.rows().metricTime().column()));
    }
    bounds.from().ifPresent(time -> conditions.add(filters.bound(branch.rows().metricTime(), ">=", time)));
    bounds.before().ifPresent(time -> conditions.add(filters.bound(branch.rows().metricTime(), "<", time)));
    return conditions;
  }

  /** The rows that can matter. */
  PlanNode rows() {
    List<Expr> conditions = rowConditions();
    return PlainBranch.filtered(branch.rows().build(), conditions);
  }

  Bounds happenedBounds() {
    Reach reach = new Reach(planning.model().calendar());
    return accumulation().map(gathering -> reach.gatheredFrom(gatheredBounds(), gathering, grain)).orElseGet(this::gatheredBounds);
  }

  /** The instants that rows must be gathered up to; as in MetricFlow the asked range holds for them also where they are shown at others. */
  Bounds gatheredBounds() {
    Reach reach = new Reach(planning.model().calendar());
    Bounds bounds = shift().map(shift -> reach.shiftedBack(shownBounds(), shift, ShiftedRows.grain(shift, this)))
        .orElseGet(this::shownBounds);
    return accumulation().isPresent() ? bounds.and(asked()) : bounds;
  }

  private Bounds asked() {
    return planning.range().map(range -> Bounds.of(Ranges.span(range, grain, planning))).orElse(Bounds.NONE);
  }

  /** The instants that can be shown: the asked range, and what filters say of time alone. */
  Bounds shownBounds() {
    Bounds bounds = asked();
    for (Expr filter : timeFilters) {
      bounds = bounds.and(bounds(onCalendar(filter, new TimeColumn(Expr.column(SHOWN), grain, false), new CustomGrains(planning))));
    }
    return bounds;
  }

  private static Bounds bounds(Expr condition) {
    if (!(condition instanceof Expr.Call call)) {
      return Bounds.NONE;
    }
    if (call.operator().equals("and")) {
      return call.arguments().stream().map(OverTime::bounds).reduce(Bounds.NONE, Bounds::and);
    }
    boolean compares = call.arguments().size() == 2 && call.arguments().get(0).equals(Expr.column(SHOWN))
        && call.arguments().get(1) instanceof Expr.Literal literal && literal.type().equals(DataType.TIMESTAMP);
    Optional<LocalDateTime> time = compares && call.arguments().get(1) instanceof Expr.Literal literal
        ? Optional.of(LocalDateTime.parse(literal.text().replace(' ', 'T')))
        : Optional.empty();
    return switch (call.operator()) {
      case ">=" -> new Bounds(time, Optional.empty());
      case "<" -> new Bounds(Optional.empty(), time);
      default -> Bounds.NONE;
    };
  }

  /** A filter over the calendar's time and the keys. */
  Expr onCalendar(Expr filter, TimeColumn time, CustomGrains custom) {
    return new FilterExprs(planning,
        node -> node instanceof Expr.Column column ? Optional.of(named(column, time, custom)) : Optional.empty())
            .translate(filter);
  }

  private Slot named(Expr.Column column, TimeColumn time, CustomGrains custom) {
    ItemName item = ItemName.parse(column.name(), planning.model());
    return branch.rows().isMetricTime(item) ? timeSlot(item, time, custom) : new Slot.Plain(Expr.column(item.full()));
  }

  public static Slot timeSlot(ItemName item, TimeColumn time, CustomGrains custom) {
    if (item.part().isPresent()) {
      return new Slot.Part(time, item.part().get());
    }
    Grain asked = item.grain().orElse(item.isMetricTime() ? TimeGrain.coarser(time.grain(), TimeGrain.DAY) : time.grain());
    return switch (asked) {
      case TimeGrain standard -> new Slot.Truncated(time, standard);
      case dev.sextant.model.CustomGrain grain -> new Slot.Custom(custom.column(time, grain), grain);
    };
  }
}
