// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.rows.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A measure taken apart into aggregates whose partial results merge, and its value over the merged parts: a sum is itself, a mean is a sum and a
 * count.
 */
public record Partials(String name, List<Part> parts, Expr value) {

  /** One aggregate over rows, and what merges its results. */
  public record Part(String name, PlanNode.Function function, List<Expr> arguments, PlanNode.Function merge) {

    public PlanNode.Aggregated overRows() {
      return new PlanNode.Aggregated(name, function, arguments, Optional.empty());
    }

    public PlanNode.Aggregated merged() {
      return new PlanNode.Aggregated(name, merge, List.of(Expr.column(name)), Optional.empty());
    }

    /** Whether a single value is its own aggregate. */
    boolean isItselfAlone() {
      return switch (function.form()) {
        case PLAIN, WIDE -> switch (function.aggregation()) {
          case SUM, MIN, MAX -> true;
          case COUNT, COUNT_DISTINCT, SUM_BOOLEAN, AVERAGE, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION,
              CUSTOM ->
              false;
        };
        case SKETCH, ESTIMATE -> false;
      };
    }

    public PlanNode.WindowFunction running() {
      return switch (merge.aggregation()) {
        case MIN -> PlanNode.WindowFunction.MIN;
        case MAX -> PlanNode.WindowFunction.MAX;
        default -> PlanNode.WindowFunction.SUM;
      };
    }
  }

  /** Returns the parts, or nothing where partial results do not make the whole. */
  public static Optional<Partials> of(String name, Measure measure, List<Expr> arguments) {
    PlanNode.Function sum = PlanNode.Function.of(Aggregation.SUM);
    return switch (measure.aggregation()) {
      case SUM, COUNT, SUM_BOOLEAN -> Optional.of(single(name, measure, arguments, sum));
      case MIN, MAX -> Optional.of(single(name, measure, arguments, PlanNode.Function.of(measure.aggregation())));
      case AVERAGE -> Optional.of(mean(name, arguments));
      case COUNT_DISTINCT, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> Optional.empty();
    };
  }

  /** The parts of a measure that a rollup holds. */
  static Partials of(String name, Measure measure, RolledUp.Measured kept, RowSource rows) {
    List<Part> parts = kept.parts()
        .stream()
        .map(part -> new Part(name + part.suffix(), part.merge(), List.of(rows.baseColumn(part.column(), Expr.column(part.column()))),
            part.merge()))
        .toList();
    Expr value = of(name, measure, List.of()).map(Partials::value).orElseGet(() -> Expr.column(name));
    return new Partials(name, parts, value);
  }

  private static Partials single(String name, Measure measure, List<Expr> arguments, PlanNode.Function merge) {
    return new Partials(name, List.of(new Part(name, PlanNode.Function.of(measure), arguments, merge)), Expr.column(name));
  }

  private static Partials mean(String name, List<Expr> arguments) {
    Part total = new Part(name + "#sum", PlanNode.Function.wideSum(), arguments, PlanNode.Function.wideSum());
    Part count = new Part(name + "#count", PlanNode.Function.of(Aggregation.COUNT), arguments, PlanNode.Function.of(Aggregation.SUM));
    return new Partials(name, List.of(total, count), Expr.call("/", Expr.column(total.name()), Expr.column(count.name())));
  }

  /** The parts of all of a branch's measures, or nothing where one of them cannot be taken apart. */
  public static Optional<List<Partials>> of(Map<String, Measure> measures, Map<String, List<Expr>> arguments) {
    List<Partials> all = new ArrayList<>();
    measures.forEach((name, measure) -> of(name, measure, arguments.getOrDefault(name, List.of())).ifPresent(all::add));
    return all.size() == measures.size() ? Optional.of(all) : Optional.empty();
  }

  public static List<Part> parts(List<Partials> all) {
    return all.stream().flatMap(one -> one.parts().stream()).toList();
  }

  /** Whether the value is more than its one part. */
  public static boolean anyComposed(List<Partials> all) {
    return all.stream().anyMatch(one -> one.parts().size() > 1);
  }

  public PlanNode.Named named() {
    return new PlanNode.Named(name, value);
  }
}
