// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a dataset that metrics aggregate: the entity's key, the event time, when they were known, what is aggregated, and filters. */
final class EventRows {
  /** The event time. */
  static final String TIME = "time#";

  private final List<PlanNode.Named> columns = new ArrayList<>();
  private final Map<WindowedLeaf, List<Expr>> arguments = new LinkedHashMap<>();
  private final Map<Expr, Expr> filters = new LinkedHashMap<>();
  private final BranchRows rows;
  private final Known known;
  private final int keys;

  EventRows(Planning planning, WindowedLeaf.Group group, Map<WindowedLeaf, String> leaves, List<String> entities, MetricTables tables) {
    Branch branch = new Branch(Branch.Key.plain(group.dataset(), Optional.of(group.timeDimension()), List.of()));
    this.rows = new BranchRows(planning, branch, List.of(), tables, new KnownRows());
    Dataset dataset = rows.dataset();
    entities.forEach(entity -> rows.facts()
        .keyColumns(new ItemName(List.of(), entity, Optional.empty(), Optional.empty()))
        .forEach(key -> columns.add(new PlanNode.Named("event_key#" + columns.size(), key))));
    this.keys = columns.size();
    columns.add(new PlanNode.Named(TIME, Columns.time(rows.rows().metricTime().column(), planning.model())));
    leaves.forEach((leaf, name) -> {
      arguments.put(leaf, arguments(leaf.measure(), name));
      leaf.filters().forEach(filter -> filters.computeIfAbsent(filter, this::flag));
    });
    this.known = new Known(rows.facts(), dataset, planning.model());
    columns.addAll(known.columns());
    if (rows.rows().fansOut()) {
      throw Problem.of(QueryIssue.UNSAFE_REAGGREGATION, "a feature's metric filters rows of dataset '" + dataset.name()
          + "' by something they have many of. Filter by something each of them has one of.");
    }
  }

  private List<Expr> arguments(Measure measure, String name) {
    List<Expr> all = new ArrayList<>();
    List<Expr> written = new ArrayList<>(List.of(measure.expr()));
    written.addAll(measure.furtherArguments());
    for (int i = 0; i < written.size(); i++) {
      Expr value = rows.argument(name + "#" + i, written.get(i));
      all.add(value instanceof Expr.Literal ? value : column("value#", value));
    }
    return all;
  }

  private Expr flag(Expr filter) {
    return column("flag#", rows.condition(filter));
  }

  /** A column that holds the value, which is computed once. */
  private Expr column(String prefix, Expr value) {
    Optional<PlanNode.Named> same = columns.stream().filter(column -> column.expr().equals(value)).findFirst();
    String name = same.map(PlanNode.Named::name).orElse(prefix + columns.size());
    if (same.isEmpty()) {
      columns.add(new PlanNode.Named(name, value));
    }
    return Expr.column(name);
  }

  /** When the rows were known. */
  Known known() {
    return known;
  }

  /** What a leaf's aggregate takes. */
  List<Expr> arguments(WindowedLeaf leaf) {
    return arguments.getOrDefault(leaf, List.of());
  }

  /** The conditions of a leaf's filters. */
  List<Expr> filters(WindowedLeaf leaf) {
    return leaf.filters().stream().map(filter -> filters.getOrDefault(filter, filter)).toList();
  }

  /** The names of the key columns. */
  List<String> keys() {
    return columns.subList(0, keys).stream().map(PlanNode.Named::name).toList();
  }

  /** The rows, unordered and as often as they are stored. */
  PlanNode plan() {
    return new PlanNode.Compute(rows.rows().build(), columns);
  }
}
