// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Aggregation;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.bind.LeafMetrics;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words how a metric is made, down to the rows it aggregates. */
final class MetricPrinter {
  private final SemanticModel model;
  private final StringBuilder out;

  MetricPrinter(SemanticModel model, StringBuilder out) {
    this.model = model;
    this.out = out;
  }

  /** Writes a line for the metric under a name, and lines for its inputs below it. */
  void print(String name, Metric metric, int depth) {
    out.append("  ".repeat(depth)).append(name).append(": ");
    switch (metric) {
      case Metric.Simple simple -> line(simple(simple));
      case Metric.Ratio ratio -> {
        line(label(ratio.numerator()) + " / " + label(ratio.denominator()) + where(ratio.filters()));
        input(ratio.numerator(), depth + 1);
        input(ratio.denominator(), depth + 1);
      }
      case Metric.Derived derived -> {
        line(ExprPrinter.print(derived.expr()) + where(derived.filters()));
        derived.inputs().forEach(input -> input(input, depth + 1));
      }
      case Metric.Cumulative cumulative -> {
        line(over(cumulative) + where(cumulative.filters()) + ", a longer period shows " + longer(cumulative.periodAggregation())
            + (cumulative.input().measure().aggregation() == Aggregation.COUNT_DISTINCT ? distinct(cumulative) : ""));
        print(cumulative.input().name(), cumulative.input(), depth + 1);
      }
      case Metric.Conversion conversion -> {
        line(conversion(conversion));
        print("from", conversion.base(), depth + 1);
        print("to", conversion.conversion(), depth + 1);
      }
    }
  }

  private static String longer(Metric.PeriodAggregation aggregation) {
    return switch (aggregation) {
      case FIRST -> "what its first day has";
      case LAST -> "what its last day has";
      case AVERAGE -> "the average of its days";
    };
  }

  /** A value's days are found once, so that none is looked for again on each of them. */
  private static String distinct(Metric.Cumulative cumulative) {
    return cumulative.window()
        .map(window -> "; a value counts once, from a day it comes on until it has not come for " + window
            + ": 1 is added where that begins and taken off where it ends")
        .or(() -> cumulative.grainToDate().map(grain -> "; a value counts once, from the day it first comes on in the " + grain.label()))
        .orElse("; a value counts once, from the day it first comes on");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String label(MetricInput input) {
    return input.nameInExpr();
  }

  private void input(MetricInput input, int depth) {
    String shift = input.offsetWindow()
        .map(window -> ", shown " + window + " later" + (window.grain() instanceof CustomGrain custom
            ? " (the n-th " + custom.base().label() + " of a " + custom.label() + " shows an earlier one's n-th, or its last)"
            : ""))
        .or(() -> input.offsetToGrain().map(grain -> ", as it was at the start of the " + grain.label()))
        .orElse("");
    Metric metric = LeafMetrics.input(input, model);
    boolean renamed = !input.nameInExpr().equals(metric.name());
    print(input.nameInExpr() + (renamed ? " = " + metric.name() : "") + shift + where(input.filters()), metric, depth);
  }

  private static String simple(Metric.Simple simple) {
    Measure measure = simple.measure();
    String time = measure.timeDimension().map(name -> ", at its " + name).orElse("");
    String edge = measure.nonAdditive()
        .map(rule -> ", only at the " + (rule.last() ? "last " : "first ") + rule.dimension()
            + " of each asked period"
            + (rule.windowGroupings().isEmpty() ? "" : " and " + String.join(", ", rule.windowGroupings())))
        .orElse("");
    String filled = simple.fillNullsWith().map(value -> ", " + value.toPlainString() + " where there is none").orElse("");
    return aggregate(measure) + " of " + measure.dataset() + time + edge + where(simple.filters()) + filled
        + (simple.joinToTimeSpine() ? ", a row for every period" : "");
  }

  private static String aggregate(Measure measure) {
    String argument = ExprPrinter.print(measure.expr());
    if (measure.custom().isPresent()) {
      return measure.custom().get().sql().replace("{expr}", argument);
    }
    String fraction = measure.percentile()
        .filter(any -> measure.aggregation() == Aggregation.PERCENTILE)
        .map(percentile -> ", " + percentile.fraction() + (percentile.discrete() ? ", a value that occurs" : "")
            + (percentile.approximate() ? ", estimated" : ""))
        .orElse("");
    return measure.aggregation().label() + "(" + argument
        + measure.furtherArguments().stream().map(more -> ", " + ExprPrinter.print(more)).collect(Collectors.joining())
        + fraction + ")";
  }

  private static String over(Metric.Cumulative cumulative) {
    return "gathered up over " + cumulative.window()
        .map(window -> "the last " + window)
        .or(() -> cumulative.grainToDate().map(grain -> "the " + grain.label() + " to date"))
        .orElse("all time");
  }

  private static String conversion(Metric.Conversion conversion) {
    String window = conversion.window().map(length -> " within " + length).orElse(", however late");
    String same = conversion.constantProperties().isEmpty() ? ""
        : ", with the same "
            + conversion.constantProperties().stream().map(Metric.ConstantProperty::base).collect(Collectors.joining(", "));
    String over = conversion.calculation() == Metric.Calculation.CONVERSIONS ? "" : ", over all of 'from'";
    return "each of 'to' that followed one of 'from' of the same " + conversion.entity() + window + same
        + ", credited to the latest of those and shown at its time" + over;
  }

  private static String where(List<Expr> filters) {
    return filters.isEmpty() ? ""
        : " where " + filters.stream().map(ExprPrinter::print).collect(Collectors.joining(" and "));
  }
}
