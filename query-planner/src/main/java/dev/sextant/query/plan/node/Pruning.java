// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.node;

import dev.sextant.model.Expr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Removes the columns that nobody reads, from the last step down to the tables. */
public final class Pruning {
  private final Map<PlanNode.Shared, Set<String>> read = new IdentityHashMap<>();
  private final Map<PlanNode.Shared, PlanNode.Shared> done = new IdentityHashMap<>();

  private Pruning() {}

  public static PlanNode prune(PlanNode plan) {
    Pruning pruning = new Pruning();
    Set<String> all = new LinkedHashSet<>(plan.columns());
    pruning.look(plan, all);
    return pruning.pruned(plan, all);
  }

  /** Notes what is read of shared rows, which takes all their readers. */
  private void look(PlanNode node, Set<String> wanted) {
    if (node instanceof PlanNode.Shared shared) {
      boolean more = read.computeIfAbsent(shared, any -> new LinkedHashSet<>()).addAll(wanted);
      if (more) {
        look(shared.input(), Objects.requireNonNull(read.get(shared)));
      }
      return;
    }
    for (PlanNode input : node.inputs()) {
      look(input, wantedOf(node, input, wanted));
    }
  }

  /** What a step that must give {@code wanted} reads of one of its inputs. */
  private static Set<String> wantedOf(PlanNode node, PlanNode input, Set<String> wanted) {
    Set<String> needed = new LinkedHashSet<>();
    switch (node) {
      case PlanNode.Calendar calendar -> {
        calendar.kept().stream().filter(wanted::contains).forEach(needed::add);
        columns(calendar.first(), needed);
        columns(calendar.last(), needed);
      }
      case PlanNode.Join join -> {
        needed.addAll(wanted);
        columns(join.on(), needed);
        needed.retainAll(input.columns());
      }
      case PlanNode.Filter filter -> {
        needed.addAll(wanted);
        columns(filter.condition(), needed);
      }
      case PlanNode.Compute compute -> kept(compute.outputs(), wanted).forEach(output -> columns(output.expr(), needed));
      case PlanNode.Aggregate aggregate -> {
        aggregate.keys().forEach(key -> columns(key.expr(), needed));
        kept(aggregate, wanted).forEach(one -> {
          one.arguments().forEach(argument -> columns(argument, needed));
          one.where().ifPresent(where -> columns(where, needed));
        });
      }
      case PlanNode.Window window -> {
        needed.addAll(wanted);
        kept(window, wanted).forEach(output -> {
          columns(output.argument(), needed);
          output.partition().forEach(expr -> columns(expr, needed));
          output.order().forEach(key -> columns(key.expr(), needed));
        });
        needed.retainAll(input.columns());
      }
      case PlanNode.Combine combine -> {
        needed.addAll(wanted);
        needed.addAll(combine.keys());
        needed.retainAll(input.columns());
      }
      case PlanNode.Sort sort -> {
        needed.addAll(wanted);
        sort.keys().forEach(key -> columns(key.expr(), needed));
      }
      case PlanNode.Union union -> {
        needed.addAll(wanted);
        needed.retainAll(input.columns());
      }
      case PlanNode.Shared shared -> needed.addAll(wanted);
      case PlanNode.Elsewhere elsewhere -> needed.addAll(wanted);
      case PlanNode.Scan scan -> needed.clear();
      case PlanNode.Spine spine -> needed.clear();
      case PlanNode.OneRow row -> needed.clear();
    }
    return needed;
  }

  private static void columns(Expr expr, Set<String> into) {
    expr.visit(node -> {
      if (node instanceof Expr.Column column) {
        into.add(column.name());
      }
    });
  }

  /** A step always gives a column, wanted or not. */
  private static List<PlanNode.Named> kept(List<PlanNode.Named> outputs, Set<String> wanted) {
    List<PlanNode.Named> kept = outputs.stream().filter(output -> wanted.contains(output.name())).toList();
    return kept.isEmpty() && !outputs.isEmpty() ? List.of(outputs.getFirst()) : kept;
  }

  private static List<PlanNode.Aggregated> kept(PlanNode.Aggregate aggregate, Set<String> wanted) {
    List<PlanNode.Aggregated> kept = aggregate.aggregates().stream().filter(one -> wanted.contains(one.name())).toList();
    boolean last = kept.isEmpty() && aggregate.keys().isEmpty() && !aggregate.aggregates().isEmpty();
    return last ? List.of(aggregate.aggregates().getFirst()) : kept;
  }

  private static List<PlanNode.Windowed> kept(PlanNode.Window window, Set<String> wanted) {
    return window.outputs().stream().filter(output -> wanted.contains(output.name())).toList();
  }

  private PlanNode pruned(PlanNode node, Set<String> wanted) {
    return switch (node) {
      case PlanNode.Scan scan -> new PlanNode.Scan(scan.dataset(), kept(scan.outputs(), wanted));
      case PlanNode.Spine spine -> new PlanNode.Spine(spine.spine(), kept(spine.outputs(), wanted));
      case PlanNode.Calendar calendar -> new PlanNode.Calendar(input(node, calendar.input(), wanted),
          calendar.kept().stream().filter(wanted::contains).toList(), calendar.first(), calendar.last(), calendar.grain(),
          calendar.column());
      case PlanNode.Shared shared -> shared(shared);
      case PlanNode.Join join ->
          new PlanNode.Join(input(node, join.left(), wanted), input(node, join.right(), wanted), join.kind(), join.on());
      case PlanNode.Filter filter -> new PlanNode.Filter(input(node, filter.input(), wanted), filter.condition());
      case PlanNode.Compute compute -> new PlanNode.Compute(input(node, compute.input(), wanted), kept(compute.outputs(), wanted));
      case PlanNode.Aggregate aggregate ->
          new PlanNode.Aggregate(input(node, aggregate.input(), wanted), aggregate.keys(), kept(aggregate, wanted));
      case PlanNode.Window window -> {
        List<PlanNode.Windowed> outputs = kept(window, wanted);
        PlanNode input = input(node, window.input(), wanted);
        yield outputs.isEmpty() ? input : exactly(new PlanNode.Window(input, outputs), wanted);
      }
      case PlanNode.Combine combine ->
          new PlanNode.Combine(combine.parts().stream().map(part -> input(node, part, wanted)).toList(), combine.keys());
      case PlanNode.Union union -> new PlanNode.Union(union.parts()
          .stream()
          .map(part -> exactly(input(node, part, wanted), inOrder(union, wanted).stream().filter(part.columns()::contains).toList()))
          .toList());
      case PlanNode.Sort sort -> new PlanNode.Sort(input(node, sort.input(), wanted), sort.keys(), sort.offset(), sort.limit());
      case PlanNode.Elsewhere elsewhere ->
          new PlanNode.Elsewhere(input(node, elsewhere.input(), wanted), elsewhere.warehouse(), elsewhere.table());
      case PlanNode.OneRow row -> row;
    };
  }

  private PlanNode input(PlanNode node, PlanNode input, Set<String> wanted) {
    return pruned(input, wantedOf(node, input, wanted));
  }

  private PlanNode.Shared shared(PlanNode.Shared shared) {
    PlanNode.Shared known = done.get(shared);
    if (known != null) {
      return known;
    }
    PlanNode.Shared made = new PlanNode.Shared(shared.name(), pruned(shared.input(), Objects.requireNonNull(read.get(shared))));
    done.put(shared, made);
    return made;
  }

  private static List<String> inOrder(PlanNode node, Set<String> wanted) {
    return node.columns().stream().filter(wanted::contains).toList();
  }

  /** The step with the wanted columns only. */
  private static PlanNode exactly(PlanNode node, Collection<String> wanted) {
    List<String> names = node.columns();
    List<
        String> kept = new ArrayList<>(wanted instanceof List<String> ordered ? ordered : names.stream().filter(wanted::contains).toList());
    return names.equals(kept) || kept.isEmpty() ? node
        : new PlanNode.Compute(node, kept.stream().map(name -> new PlanNode.Named(name, Expr.column(name))).toList());
  }
}
