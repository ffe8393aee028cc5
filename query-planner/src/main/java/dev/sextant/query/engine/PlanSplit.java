// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Expr;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan over several warehouses in parts: what each warehouse finishes on its own, and the rest, which reads their results. Only aggregated rows
 * and calendars leave a warehouse; to join rows of two is refused.
 */
final class PlanSplit {
  private final List<PlanNode.Elsewhere> parts = new ArrayList<>();
  private final Map<PlanNode.Shared, PlanNode.Shared> shared = new IdentityHashMap<>();
  private final PlanNode rest;

  PlanSplit(PlanNode plan) {
    this.rest = split(plan);
  }

  /** What each warehouse finishes, in the order in which the rest names it. */
  List<PlanNode.Elsewhere> parts() {
    return parts;
  }

  /** What is left to do where the parts meet. */
  PlanNode rest() {
    return rest;
  }

  /** The warehouses a plan reads, in the order in which it names them. */
  static List<String> warehouses(PlanNode plan) {
    Set<String> names = new LinkedHashSet<>();
    collect(plan, names);
    return List.copyOf(names);
  }

  private static void collect(PlanNode node, Set<String> names) {
    if (node instanceof PlanNode.Scan scan) {
      names.add(scan.dataset().warehouse());
    } else if (node instanceof PlanNode.Spine spine) {
      names.add(spine.spine().warehouse());
    }
    node.inputs().forEach(input -> collect(input, names));
  }

  private PlanNode split(PlanNode node) {
    List<String> warehouses = warehouses(node);
    if (warehouses.size() == 1) {
      return elsewhere(node, warehouses.getFirst());
    }
    return switch (node) {
      case PlanNode.Combine combine -> combine(combine);
      case PlanNode.Join join -> join(join);
      case PlanNode.Filter filter -> new PlanNode.Filter(split(filter.input()), filter.condition());
      case PlanNode.Compute compute -> new PlanNode.Compute(split(compute.input()), compute.outputs());
      case PlanNode.Aggregate aggregate -> new PlanNode.Aggregate(split(aggregate.input()), aggregate.keys(), aggregate.aggregates());
      case PlanNode.Window window -> new PlanNode.Window(split(window.input()), window.outputs());
      case PlanNode.Union union -> new PlanNode.Union(union.parts().stream().map(this::split).toList());
      case PlanNode.Sort sort -> new PlanNode.Sort(split(sort.input()), sort.keys(), sort.offset(), sort.limit());
      case PlanNode.Calendar calendar -> new PlanNode.Calendar(split(calendar.input()), calendar.kept(), calendar.first(), calendar.last(),
          calendar.grain(), calendar.column());
      case PlanNode.Shared rows -> shared.computeIfAbsent(rows, any -> new PlanNode.Shared(rows.name(), split(rows.input())));
      case PlanNode.Scan scan -> scan;
      case PlanNode.Spine spine -> spine;
      case PlanNode.Elsewhere elsewhere -> elsewhere;
      case PlanNode.OneRow row -> row;
    };
  }

  private PlanNode.Elsewhere elsewhere(PlanNode node, String warehouse) {
    PlanNode.Elsewhere part = new PlanNode.Elsewhere(node, warehouse, "rows_of_" + warehouse + "_" + parts.size());
    parts.add(part);
    return part;
  }

  /** Parts of one warehouse meet there, so that it runs one statement. */
  private PlanNode combine(PlanNode.Combine combine) {
    Map<List<String>, List<PlanNode>> byWarehouse = new LinkedHashMap<>();
    combine.parts().forEach(part -> byWarehouse.computeIfAbsent(warehouses(part), any -> new ArrayList<>()).add(part));
    List<PlanNode> met = new ArrayList<>();
    byWarehouse.forEach((warehouses, parts) -> {
      if (warehouses.size() == 1 && parts.size() > 1) {
        met.add(split(new PlanNode.Combine(parts, combine.keys())));
      } else {
        parts.forEach(part -> met.add(split(part)));
      }
    });
    PlanNode together = new PlanNode.Combine(met, combine.keys());
    return together.columns().equals(combine.columns()) ? together
        : new PlanNode.Compute(together, combine.columns().stream().map(name -> new PlanNode.Named(name, Expr.column(name))).toList());
  }

  private PlanNode join(PlanNode.Join join) {
    List<PlanNode.Scan> rows = new ArrayList<>();
    openRows(join, rows);
    if (!rows.isEmpty()) {
      throw refusal(rows.getFirst(), join);
    }
    return new PlanNode.Join(split(join.left()), split(join.right()), join.kind(), join.on());
  }

  /** Finds the datasets whose rows are not aggregated. */
  private static void openRows(PlanNode node, List<PlanNode.Scan> found) {
    if (node instanceof PlanNode.Scan scan) {
      found.add(scan);
    } else if (!(node instanceof PlanNode.Aggregate)) {
      node.inputs().forEach(input -> openRows(input, found));
    }
  }

  private static RuntimeException refusal(PlanNode.Scan scan, PlanNode.Join join) {
    String own = scan.dataset().warehouse();
    String others = warehouses(join).stream()
        .filter(name -> !name.equals(own))
        .map(name -> "'" + name + "'")
        .collect(Collectors.joining(", "));
    return Problem.of(QueryIssue.UNSUPPORTED, "this question joins rows of dataset '" + scan.dataset().name() + "' in warehouse '" + own
        + "' to rows in warehouse " + others
        + ". Rows of different warehouses are not joined, only finished metrics meet: ask for items and "
        + "filters that each metric's dataset reaches in its own warehouse.");
  }
}
