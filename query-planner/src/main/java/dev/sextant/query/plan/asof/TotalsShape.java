// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeWindow;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves of one dataset by running totals over a key's events: the total at the instant less the total where the window begins. All totals are looked
 * up by one join with the last event up to each of these times. For sums, counts and means of exact numbers over rows that were always known; fastest
 * where pairs of instants and events are many.
 */
final class TotalsShape {
  private static final String BOUND = "bound#";
  private static final String WHICH = "which#";
  private static final int DIGITS = 38;

  private final EventRows events;
  private final Map<WindowedLeaf, String> leaves;
  private final List<TimeWindow> windows;
  private final List<String> keys;
  private final Map<String, DataType> types;
  private final Map<Running, Total> running = new LinkedHashMap<>();

  /** What makes totals the same: the measure's expression and filters as written, and whether it is summed or counted. */
  private record Running(String expr, List<Expr> filters, PlanNode.WindowFunction function) {}

  /** A total over events so far. */
  private record Total(String name, Expr value, PlanNode.WindowFunction function) {}

  /** {@code windows} are all that the dataset is asked for; {@code types} are those of the events' columns. */
  TotalsShape(EventRows events, Map<WindowedLeaf, String> leaves, List<TimeWindow> windows, List<String> keys,
      Map<String, DataType> types) {
    this.events = events;
    this.leaves = leaves;
    this.windows = windows;
    this.keys = keys;
    this.types = types;
  }

  /** Whether differences of a leaf's running totals are its value, to the digit. */
  static boolean fits(WindowedLeaf leaf, EventRows events, Map<String, DataType> types) {
    return switch (leaf.measure().aggregation()) {
      case COUNT -> true;
      case SUM, AVERAGE -> isExact(type(events.arguments(leaf).getFirst(), types));
      case SUM_BOOLEAN, MIN, MAX, COUNT_DISTINCT, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM ->
          false;
    };
  }

  private static boolean isExact(DataType type) {
    return switch (type.kind()) {
      case INTEGER, BIGINT, DECIMAL -> true;
      case NULL, BOOLEAN, DOUBLE, STRING, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL, BINARY, OTHER -> false;
    };
  }

  private static DataType type(Expr argument, Map<String, DataType> types) {
    return switch (argument) {
      case Expr.Literal literal -> literal.type();
      case Expr.Column column -> types.getOrDefault(column.name(), DataType.NULL);
      default -> DataType.NULL;
    };
  }

  /** A row for each key and instant of {@code instants} that has an event before it, with the leaves' columns and the newest event time. */
  PlanNode plan(PlanNode instants, String newest, boolean alone) {
    List<PlanNode.Named> outputs = new ArrayList<>(Columns.same(keys));
    outputs.add(Columns.same(Columns.AT));
    leaves.forEach((leaf, name) -> outputs.add(new PlanNode.Named(name, value(leaf, alone ? List.of() : events.filters(leaf)))));
    List<Expr> inside = Windows.widest(windows)
        .stream()
        .<Expr>map(window -> Expr.call(">", Expr.column(newest), begin(window)))
        .toList();
    Expr isInside = inside.stream().reduce((one, other) -> Expr.call("or", one, other)).orElseThrow();
    outputs.add(new PlanNode.Named(newest, new Expr.Case(List.of(new Expr.When(isInside, Expr.column(newest))), Optional.empty())));
    return new PlanNode.Compute(met(instants, totals(alone), newest), outputs);
  }

  private static Expr begin(TimeWindow window) {
    return Expr.call("-", Expr.column(Columns.AT), Windows.length(window));
  }

  private Expr value(WindowedLeaf leaf, List<Expr> filters) {
    Expr argument = events.arguments(leaf).getFirst();
    Expr value = filters.isEmpty() ? argument
        : new Expr.Case(List.of(new Expr.When(Expr.and(filters), argument)), Optional.empty());
    Expr count = difference(leaf, value, PlanNode.WindowFunction.COUNT);
    if (leaf.measure().aggregation() == Aggregation.COUNT) {
      return count;
    }
    DataType type = type(argument, types);
    boolean whole = type.kind() == DataType.Kind.BIGINT;
    Expr summed = whole ? new Expr.Cast(value, DataType.decimal(DIGITS, 0)) : value; // a key's whole past may outgrow 64 bits
    Expr sum = difference(leaf, summed, PlanNode.WindowFunction.SUM);
    if (leaf.measure().aggregation() == Aggregation.AVERAGE) {
      return Expr.call("/", sum, count);
    }
    DataType own = type.kind() == DataType.Kind.DECIMAL ? DataType.decimal(DIGITS, type.scale()) : DataType.BIGINT;
    return new Expr.Case(List.of(new Expr.When(Expr.call(">", count, Expr.number(0)), new Expr.Cast(sum, own))), Optional.empty());
  }

  private Expr difference(WindowedLeaf leaf, Expr value, PlanNode.WindowFunction function) {
    Running same = new Running(ExprPrinter.print(leaf.measure().expr()), leaf.filters(), function);
    String name = running.computeIfAbsent(same, any -> new Total("total#" + running.size(), value, function)).name();
    return Expr.call("-", orZero(at(name, 0)), orZero(at(name, windows.indexOf(leaf.window()) + 1)));
  }

  private List<String> totals() {
    return running.values().stream().map(Total::name).toList();
  }

  private static Expr orZero(String column) {
    return Expr.call("coalesce", Expr.column(column), Expr.number(0));
  }

  private static String at(String total, int which) {
    return total + "@" + which;
  }

  private PlanNode totals(boolean alone) {
    List<Expr> filters = alone ? leaves.keySet().stream().flatMap(leaf -> events.filters(leaf).stream()).toList() : List.of();
    PlanNode rows = filters.isEmpty() ? events.plan() : new PlanNode.Filter(events.plan(), Expr.and(filters));
    List<Expr> partition = events.keys().stream().<Expr>map(Expr::column).toList();
    List<PlanNode.SortKey> order = List.of(new PlanNode.SortKey(Expr.column(EventRows.TIME), false));
    List<PlanNode.Windowed> windowed = new ArrayList<>();
    running.values()
        .forEach(total -> windowed
            .add(new PlanNode.Windowed(total.name(), total.function(), total.value(), partition, order, new PlanNode.Frame.UpTo())));
    List<String> columns = new ArrayList<>(events.keys());
    columns.add(EventRows.TIME);
    columns.addAll(totals());
    return new PlanNode.Compute(new PlanNode.Window(rows, windowed), Columns.same(columns));
  }

  /** The totals at each instant and where its windows begin, side by side. */
  private PlanNode met(PlanNode instants, PlanNode totals, String newest) {
    List<Expr> on = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      on.add(Expr.call("=", Expr.column(keys.get(i)), Expr.column(events.keys().get(i))));
    }
    on.add(Expr.call("<=", Expr.column(EventRows.TIME), Expr.column(BOUND)));
    PlanNode found = new PlanNode.Join(lookups(instants), totals, PlanNode.Join.Kind.AS_OF, Expr.and(on));
    List<PlanNode.Named> groups = new ArrayList<>(Columns.same(keys));
    groups.add(Columns.same(Columns.AT));
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    for (int which = 0; which <= windows.size(); which++) {
      for (String total : totals()) {
        aggregates.add(only(at(total, which), total, which));
      }
    }
    aggregates.add(only(newest, EventRows.TIME, 0));
    return new PlanNode.Aggregate(found, groups, aggregates);
  }

  /** Values are picked before they are aggregated, which is faster than a condition on each of so many aggregates. */
  private static PlanNode.Aggregated only(String name, String column, int which) {
    Expr isIt = Expr.call("=", Expr.column(WHICH), Expr.number(which));
    Expr picked = new Expr.Case(List.of(new Expr.When(isIt, Expr.column(column))), Optional.empty());
    return PlanNode.Aggregated.of(name, Aggregation.MAX, picked);
  }

  private PlanNode lookups(PlanNode instants) {
    List<PlanNode> all = new ArrayList<>(List.of(lookup(instants, 0, Expr.column(Columns.AT))));
    for (int i = 0; i < windows.size(); i++) {
      all.add(lookup(instants, i + 1, begin(windows.get(i))));
    }
    return new PlanNode.Union(all);
  }

  private PlanNode lookup(PlanNode instants, int which, Expr bound) {
    List<PlanNode.Named> columns = new ArrayList<>(Columns.same(keys));
    columns.add(Columns.same(Columns.AT));
    columns.add(new PlanNode.Named(WHICH, Expr.number(which)));
    columns.add(new PlanNode.Named(BOUND, bound));
    return new PlanNode.Compute(instants, columns);
  }
}
