// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.expr.ExprPrinter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints plans as an indented tree, the last step first. */
public final class PlanPrinter {
  private PlanPrinter() {}

  public static String print(PlanNode plan) {
    StringBuilder out = new StringBuilder();
    print(plan, 0, out);
    return out.toString();
  }

  private static void print(PlanNode node, int depth, StringBuilder out) {
    out.append("  ".repeat(depth)).append(line(node)).append('\n');
    node.inputs().forEach(input -> print(input, depth + 1, out));
  }

  private static String line(PlanNode node) {
    return switch (node) {
      case PlanNode.Scan scan -> "read " + scan.dataset().name() + " [" + named(scan.outputs()) + "]";
      case PlanNode.Spine spine -> "read time spine " + spine.spine().source() + " [" + named(spine.outputs()) + "]";
      case PlanNode.Calendar calendar -> "generate every " + calendar.grain().label() + " as " + calendar.column();
      case PlanNode.Join join -> join.kind().name().toLowerCase(Locale.ROOT) + " join on " + ExprPrinter.print(join.on());
      case PlanNode.Filter filter -> "keep rows where " + ExprPrinter.print(filter.condition());
      case PlanNode.Compute compute -> "compute " + named(compute.outputs());
      case PlanNode.Aggregate aggregate -> aggregate.aggregates().isEmpty() ? "distinct " + named(aggregate.keys())
          : "aggregate " + aggregated(aggregate.aggregates())
              + (aggregate.keys().isEmpty() ? " over all rows" : " by " + named(aggregate.keys()));
      case PlanNode.Window window -> "number or compare rows: "
          + window.outputs().stream().map(PlanPrinter::windowed).collect(Collectors.joining(", "));
      case PlanNode.Combine combine ->
          "meet on " + (combine.keys().isEmpty() ? "nothing: one row each" : String.join(", ", combine.keys()));
      case PlanNode.Union union -> "all rows of";
      case PlanNode.Sort sort -> "sort"
          + sort.keys()
              .stream()
              .map(key -> " " + ExprPrinter.print(key.expr()) + (key.descending() ? " desc" : ""))
              .collect(Collectors.joining(","))
          + (sort.offset().isPresent() ? ", skip " + sort.offset().getAsLong() : "")
          + (sort.limit().isPresent() ? ", at most " + sort.limit().getAsLong() + " rows" : "");
      case PlanNode.Elsewhere elsewhere -> "fetch from warehouse " + elsewhere.warehouse();
      case PlanNode.OneRow row -> "one row";
    };
  }

  private static String named(List<PlanNode.Named> columns) {
    return columns.stream()
        .map(column -> column.expr().equals(Expr.column(column.name())) ? column.name()
            : column.name() + " = " + ExprPrinter.print(column.expr()))
        .collect(Collectors.joining(", "));
  }

  private static String aggregated(List<PlanNode.Aggregated> columns) {
    return columns.stream()
        .map(column -> column.name() + " = " + column.function().aggregation().label() + "("
            + column.arguments().stream().map(ExprPrinter::print).collect(Collectors.joining(", ")) + ")"
            + column.where().map(where -> " where " + ExprPrinter.print(where)).orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static String windowed(PlanNode.Windowed column) {
    return column.name() + " = " + column.function().name().toLowerCase(Locale.ROOT) + " within ("
        + column.partition().stream().map(ExprPrinter::print).collect(Collectors.joining(", ")) + ")" + (column.order().isEmpty() ? ""
            : " by " + column.order()
                .stream()
                .map(key -> ExprPrinter.print(key.expr()) + (key.descending() ? " desc" : ""))
                .collect(Collectors.joining(", ")));
  }
}
