// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.query.AddedNames;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Adds totals to an answer: the metrics by fewer items, first without the last of the items to be totalled, then without the last two, and so on.
 * Each is evaluated as the metric at that grouping; no row of the answer is ever added to another.
 */
record Totals(BoundQuery query, Function<List<BoundQuery.Item>, PlanNode> rows) {

  /** {@code chosen} are the rows of the answer itself, which come first. */
  PlanNode addTo(PlanNode chosen) {
    List<String> over = query.extras().totals();
    List<PlanNode> parts = new ArrayList<>();
    parts.add(marked(chosen, query.items(), List.of()));
    for (int kept = over.size() - 1; kept >= 0; kept--) {
      List<String> dropped = over.subList(kept, over.size());
      List<BoundQuery.Item> items = query.items().stream().filter(item -> !GroupedRows.isNamed(item, dropped)).toList();
      parts.add(marked(rows.apply(items), items, dropped));
    }
    Stream<PlanNode.SortKey> totalsLast = over.stream().map(item -> new PlanNode.SortKey(Expr.column(AddedNames.isTotal(item)), false));
    Stream<PlanNode.SortKey> asked = query.order()
        .stream()
        .map(order -> new PlanNode.SortKey(Expr.column(order.column()), order.descending()));
    return new PlanNode.Sort(new PlanNode.Union(parts), Stream.concat(totalsLast, asked).toList(), java.util.OptionalLong.empty(),
        java.util.OptionalLong.empty());
  }

  private PlanNode marked(PlanNode rows, List<BoundQuery.Item> items, List<String> dropped) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(item.name(), Expr.column(item.name()))));
    query.extras()
        .totals()
        .forEach(item -> outputs.add(new PlanNode.Named(AddedNames.isTotal(item),
            new Expr.Literal(DataType.BOOLEAN, Boolean.toString(dropped.contains(item))))));
    rows.columns()
        .stream()
        .filter(name -> items.stream().noneMatch(item -> item.name().equals(name)))
        .forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
    return new PlanNode.Compute(rows, outputs);
  }
}
