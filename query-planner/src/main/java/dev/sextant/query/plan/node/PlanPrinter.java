// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.node;

import dev.sextant.model.Expr;
import dev.sextant.model.expr.ExprPrinter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints plans as an indented tree for people: the last step first, what it reads below it. Rows that are joined to a table stand below the table,
 * at its depth; rows that several steps read are shown once.
 */
public final class PlanPrinter {
  private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9_#@]+)\"");

  private final StringBuilder out = new StringBuilder();
  private final Set<PlanNode> shown = Collections.newSetFromMap(new IdentityHashMap<>());

  private PlanPrinter() {}

  public static String print(PlanNode plan) {
    PlanPrinter printer = new PlanPrinter();
    printer.print(plan, 0);
    return printer.out.toString();
  }

  private void print(PlanNode node, int depth) {
    switch (node) {
      case PlanNode.Compute compute when isSelection(compute) -> print(compute.input(), depth);
      case PlanNode.Shared shared -> shared(shared, depth);
      case PlanNode.Join join -> join(join, depth);
      default -> {
        line(step(node), depth);
        node.inputs().forEach(input -> print(input, depth + 1));
      }
    }
  }

  private void line(String text, int depth) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private static boolean isSelection(PlanNode.Compute compute) {
    return compute.outputs().stream().allMatch(PlanPrinter::isItself);
  }

  private static boolean isItself(PlanNode.Named column) {
    return column.expr() instanceof Expr.Column named && named.name().equals(column.name());
  }

  private void shared(PlanNode.Shared shared, int depth) {
    boolean first = shown.add(shared);
    line(first ? shared.name() + ", computed once:" : shared.name() + ", see above", depth);
    if (first) {
      print(shared.input(), depth + 1);
    }
  }

  private void join(PlanNode.Join join, int depth) {
    print(join.left(), depth);
    boolean always = join.on().equals(Expr.and(List.of()));
    String how = switch (join.kind()) {
      case INNER -> always ? "paired with every row of" : "paired with";
      case LEFT -> "with, where there is one,";
      case FULL -> "met with";
      case AS_OF -> "with the last of";
    };
    String where = always ? "" : " where " + text(join.on());
    switch (join.right()) {
      case PlanNode.Scan scan -> line(how + " " + scan.dataset().name() + where + ": " + named(scan.outputs()), depth);
      case PlanNode.Spine spine -> line(how + " time spine " + spine.spine().source() + where + ": " + named(spine.outputs()), depth);
      default -> {
        line(how + " the rows below" + where, depth);
        print(join.right(), depth + 1);
      }
    }
  }

  private static String step(PlanNode node) {
    return switch (node) {
      case PlanNode.Scan scan -> "read " + scan.dataset().name() + ": " + named(scan.outputs());
      case PlanNode.Spine spine -> "read time spine " + spine.spine().source() + ": " + named(spine.outputs());
      case PlanNode.Calendar calendar -> "a row for every " + calendar.grain().label() + " from " + text(calendar.first()) + " to "
          + text(calendar.last()) + ": " + calendar.column();
      case PlanNode.Filter filter -> "keep rows where " + text(filter.condition());
      case PlanNode.Compute compute -> "compute " + named(compute.outputs());
      case PlanNode.Aggregate aggregate -> aggregate.aggregates().isEmpty() ? "distinct " + named(aggregate.keys())
          : "aggregate " + aggregated(aggregate.aggregates())
              + (aggregate.keys().isEmpty() ? " over all rows" : " by " + named(aggregate.keys()));
      case PlanNode.Window window ->
          "beside each row " + window.outputs().stream().map(PlanPrinter::windowed).collect(Collectors.joining(", "));
      case PlanNode.Combine combine -> combine.keys().isEmpty() ? "put the one row of each side by side"
          : "meet on " + String.join(", ", combine.keys()) + ", losing no group";
      case PlanNode.Union union -> "all rows of";
      case PlanNode.Sort sort -> sort(sort);
      case PlanNode.Elsewhere elsewhere -> "fetch from warehouse " + elsewhere.warehouse();
      case PlanNode.OneRow row -> "one row";
      case PlanNode.Join join -> throw new IllegalStateException("printed elsewhere: " + join.kind());
      case PlanNode.Shared shared -> throw new IllegalStateException("printed elsewhere: " + shared.name());
    };
  }

  private static String sort(PlanNode.Sort sort) {
    String keys = sort.keys().stream().map(PlanPrinter::key).collect(Collectors.joining(", "));
    String order = keys.isEmpty() ? "any" : "sort by " + keys;
    String skipped = sort.offset().isPresent() ? ", skip " + sort.offset().getAsLong() : "";
    return order + skipped + (sort.limit().isPresent() ? ", at most " + sort.limit().getAsLong() + " rows" : "");
  }

  private static String key(PlanNode.SortKey key) {
    return text(key.expr()) + (key.descending() ? " desc" : "");
  }

  private static String named(List<PlanNode.Named> columns) {
    return columns.stream()
        .map(column -> isItself(column) ? column.name() : column.name() + " = " + text(column.expr()))
        .collect(Collectors.joining(", "));
  }

  private static String form(PlanNode.Form form) {
    return switch (form) {
      case PLAIN, WIDE -> "";
      case SKETCH -> "sketch for ";
      case ESTIMATE -> "estimated ";
    };
  }

  private static String aggregated(List<PlanNode.Aggregated> columns) {
    return columns.stream()
        .map(column -> column.name() + " = " + form(column.function().form()) + column.function().aggregation().label() + "("
            + column.arguments().stream().map(PlanPrinter::text).collect(Collectors.joining(", ")) + ")"
            + column.where().map(where -> " where " + text(where)).orElse(""))
        .collect(Collectors.joining(", "));
  }

  private static String windowed(PlanNode.Windowed column) {
    String argument = column.function() == PlanNode.WindowFunction.ROW_NUMBER ? "" : text(column.argument());
    String frame = switch (column.frame()) {
      case PlanNode.Frame.Whole whole -> "";
      case PlanNode.Frame.UpTo upTo -> " up to it";
      case PlanNode.Frame.Within within -> " from " + text(within.length()) + " before it on";
    };
    return column.name() + " = " + column.function().name().toLowerCase(Locale.ROOT) + "(" + argument + ")"
        + (column.partition().isEmpty() ? ""
            : " of the same " + column.partition().stream().map(PlanPrinter::text).collect(Collectors.joining(", ")))
        + (column.order().isEmpty() ? "" : " by " + column.order().stream().map(PlanPrinter::key).collect(Collectors.joining(", ")))
        + frame;
  }

  private static String text(Expr expr) {
    return QUOTED.matcher(ExprPrinter.print(expr)).replaceAll("$1");
  }
}
