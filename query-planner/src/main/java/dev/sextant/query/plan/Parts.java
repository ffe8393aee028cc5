// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Aggregates;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.FilteredBranches;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.overtime.BranchPlanner;
import dev.sextant.query.plan.overtime.PeriodsOnce;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables that metrics are made from: one for all measures that see the same rows in the same way, and those that metrics plan by themselves. */
final class Parts {
  private final Planning planning;
  private final List<ItemName> items;
  private final BranchTables tables;
  private final Map<Branch.Key, Integer> branchParts = new LinkedHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<Integer> marked = new HashSet<>();

  /** A table with the items' columns and columns of values. */
  private sealed interface Part {
    record OfBranch(Branch branch) implements Part {}

    record OfTable(PlanNode table) implements Part {}
  }

  Parts(Planning planning, List<ItemName> items, BranchTables tables) {
    this.planning = planning;
    this.items = items;
    this.tables = tables;
    items.forEach(item -> taken.add(item.full()));
  }

  /** The value of a measure over the rows of its branch. */
  Value measure(Branch.Key key, Measure measure, String wanted) {
    int part = branchParts.computeIfAbsent(key, any -> add(new Part.OfBranch(new Branch(key))));
    if (!(parts.get(part) instanceof Part.OfBranch(Branch branch))) {
      throw new IllegalStateException("part " + part + " is no branch");
    }
    String column = branch.add(measure, unique(wanted));
    taken.add(column);
    return Value.of(Expr.column(column), part);
  }

  /** The value that a table of its own has in a column, whose name it is given. */
  Value table(String wanted, Function<String, PlanNode> table) {
    String column = unique(wanted);
    taken.add(column);
    return Value.of(Expr.column(column), add(new Part.OfTable(table.apply(column))));
  }

  /** Whether a group has a row in one of the parts. */
  Expr exist(Set<Integer> some) {
    marked.addAll(some);
    return some.stream()
        .map(part -> Expr.call("is true", Expr.column(mark(part))))
        .reduce((a, b) -> Expr.call("or", a, b))
        .orElseThrow();
  }

  /** How each column of a value merges over several groups; nothing where one of them does not. */
  Optional<Map<String, PlanNode.WindowFunction>> merging(Expr value) {
    Map<String, PlanNode.WindowFunction> functions = new LinkedHashMap<>();
    Set<String> columns = new HashSet<>();
    value.visit(node -> {
      if (node instanceof Expr.Column column) {
        columns.add(column.name());
      }
    });
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.OfBranch part && part.branch().key().groupsRowsOnce(items, planning)) {
        part.branch().measures().forEach((name, measure) -> Aggregates.merging(measure).ifPresent(found -> functions.put(name, found)));
        functions.put(mark(i), PlanNode.WindowFunction.MAX);
      }
    }
    functions.keySet().retainAll(columns);
    return functions.size() == columns.size() ? Optional.of(functions) : Optional.empty();
  }

  /** Whether the groups of all parts merge into coarser ones, each row being in one of them only. */
  boolean merge() {
    return parts.stream()
        .allMatch(part -> part instanceof Part.OfBranch(Branch branch) && branch.key().isPlain()
            && branch.key().groupsRowsOnce(items, planning)
            && branch.measures().values().stream().allMatch(measure -> Aggregates.merging(measure).isPresent()));
  }

  /** Gives every group a mark for each part. */
  void markAll() {
    IntStream.range(0, parts.size()).forEach(marked::add);
  }

  /** The parts whose rows groups are marked for. */
  Set<Integer> marked() {
    return marked;
  }

  /** How many parts there are. */
  int size() {
    return parts.size();
  }

  /** The branches of the measures so far, by the places of their parts. */
  Map<Integer, Branch> branchesByPart() {
    Map<Integer, Branch> branches = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.OfBranch(Branch branch)) {
        branches.put(i, branch);
      }
    }
    return branches;
  }

  /** Whether there are the same parts with the same columns as in another set with the same items. */
  boolean isSame(Parts other) {
    return branchesByPart().size() == parts.size() && parts.size() == other.parts.size() && marked.equals(other.marked)
        && IntStream.range(0, parts.size()).allMatch(i -> isSame(parts.get(i), other.parts.get(i)));
  }

  private static boolean isSame(Part part, Part other) {
    return part instanceof Part.OfBranch(Branch one) && other instanceof Part.OfBranch(Branch two) && one.key().equals(two.key())
        && one.measures().equals(two.measures());
  }

  /** The column that is true where a part has rows. */
  static String mark(int part) {
    return "has_part_" + part;
  }

  private int add(Part part) {
    parts.add(part);
    return parts.size() - 1;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** All parts met on the items' columns. */
  PlanNode combined() {
    List<PlanNode> plans = new ArrayList<>();
    Map<Integer, RolledUp> rollups = rollups();
    Map<Integer, PlanNode> ready = periodsOnce(rollups);
    Set<Integer> done = new HashSet<>(ready.keySet());
    for (int i = 0; i < parts.size(); i++) {
      if (ready.containsKey(i)) {
        plans.add(withMarks(Objects.requireNonNull(ready.get(i)), i));
      } else if (done.add(i)) {
        int part = i;
        Map<Integer, Branch> alike = alike(i, rollups);
        alike.keySet().removeAll(ready.keySet());
        Optional<
            RolledUp> rollup = alike.keySet().stream().flatMap(one -> Optional.ofNullable(rollups.get(one)).stream()).reduce(RolledUp::and);
        plans.add(inOnePass(alike, rollup, done).orElseGet(() -> plan(part, rollups)));
      }
    }
    List<String> keys = items.stream().map(ItemName::full).toList();
    return plans.size() == 1 ? plans.getFirst() : new PlanNode.Combine(plans, keys);
  }

  /** The plans of parts that are each other's at other periods; those of rollups stay apart. */
  private Map<Integer, PlanNode> periodsOnce(Map<Integer, RolledUp> rollups) {
    Map<Integer, Branch> others = branchesByPart();
    others.keySet().removeAll(rollups.keySet());
    return PeriodsOnce.plan(planning, others, items, tables);
  }

  private Map<Integer, RolledUp> rollups() {
    Map<Integer, RolledUp> found = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      if (parts.get(i) instanceof Part.OfBranch(Branch branch)) {
        tables.rollup(planning, branch, items).ifPresent(rollup -> found.put(part, rollup));
      }
    }
    return found;
  }

  /** The branches of the measures so far. */
  List<Branch> branches() {
    return List.copyOf(branchesByPart().values());
  }

  private PlanNode plan(int i, Map<Integer, RolledUp> rollups) {
    PlanNode plan = switch (parts.get(i)) {
      case Part.OfBranch part -> BranchPlanner.plan(Optional.ofNullable(rollups.get(i))
          .map(rollup -> new BranchRows(planning, part.branch(), items, tables, rollup))
          .orElseGet(() -> new BranchRows(planning, part.branch(), items, tables)), tables);
      case Part.OfTable part -> part.table();
    };
    return withMarks(plan, i);
  }

  private PlanNode withMarks(PlanNode plan, int i) {
    return marked.contains(i) ? withMark(plan, i) : plan;
  }

  /** The branches that differ from a plain one in their filters only and read the same, it included. */
  private Map<Integer, Branch> alike(int i, Map<Integer, RolledUp> rollups) {
    Map<Integer, Branch> alike = new LinkedHashMap<>();
    if (parts.get(i) instanceof Part.OfBranch(Branch branch) && branch.key().isPlain()) {
      Branch.Key shape = branch.key().withFilters(List.of());
      for (int k = i; k < parts.size(); k++) {
        if (readsTheSame(rollups.get(i), rollups.get(k)) && parts.get(k) instanceof Part.OfBranch(Branch other)
            && other.key().withFilters(List.of()).equals(shape)) {
          alike.put(k, other);
        }
      }
    }
    return alike;
  }

  private static boolean readsTheSame(@Nullable RolledUp one, @Nullable RolledUp other) {
    return one == null || other == null ? Objects.equals(one, other) : one.reads(other);
  }

  private Optional<PlanNode> inOnePass(Map<Integer, Branch> alike, Optional<RolledUp> rollup, Set<Integer> done) {
    if (alike.size() < 2) {
      return Optional.empty();
    }
    Map<Branch, String> marks = new LinkedHashMap<>();
    alike.forEach((part, branch) -> {
      if (marked.contains(part)) {
        marks.put(branch, mark(part));
      }
    });
    Optional<PlanNode> plan = new FilteredBranches(planning, List.copyOf(alike.values()), items, tables, rollup).plan(marks);
    plan.ifPresent(any -> done.addAll(alike.keySet()));
    return plan;
  }

  private static PlanNode withMark(PlanNode plan, int part) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    plan.columns().forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
    outputs.add(new PlanNode.Named(mark(part), new Expr.Literal(DataType.BOOLEAN, "true")));
    return new PlanNode.Compute(plan, outputs);
  }
}
