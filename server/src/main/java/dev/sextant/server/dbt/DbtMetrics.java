// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeWindow;
import dev.sextant.model.expr.ExprPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Metrics as dbt describes them. */
final class DbtMetrics {

  private DbtMetrics() {}

  static Map<String, @Nullable Object> entry(Metric metric, SemanticModel model) {
    Map<String, @Nullable Object> entry = DbtCatalog.entry(metric.name(), metric.header().documentation());
    entry.put("label", metric.header().documentation().label().orElse(metric.name()));
    entry.put("type", switch (metric) {
      case Metric.Simple simple -> "SIMPLE";
      case Metric.Ratio ratio -> "RATIO";
      case Metric.Derived derived -> "DERIVED";
      case Metric.Cumulative cumulative -> "CUMULATIVE";
      case Metric.Conversion conversion -> "CONVERSION";
    });
    entry.put("filter", DbtCatalog.filter(metric.filters()));
    entry.put("typeParams", parameters(metric, model));
    entry.put("requiresMetricTime", requiresTime(metric, model));
    return entry;
  }

  /** Windows and shifts mean nothing without a time to move along. */
  private static boolean requiresTime(Metric metric, SemanticModel model) {
    return switch (metric) {
      case Metric.Simple simple -> false;
      case Metric.Cumulative cumulative -> cumulative.window().isPresent() || cumulative.grainToDate().isPresent();
      case Metric.Conversion conversion -> false;
      case Metric.Ratio ratio -> requiresTime(ratio.numerator(), model) || requiresTime(ratio.denominator(), model);
      case Metric.Derived derived -> derived.inputs().stream().anyMatch(input -> requiresTime(input, model));
    };
  }

  private static boolean requiresTime(MetricInput input, SemanticModel model) {
    return input.isShifted() || model.metric(input.metric()).filter(metric -> requiresTime(metric, model)).isPresent();
  }

  private static Map<String, @Nullable Object> parameters(Metric metric, SemanticModel model) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> measures = new ArrayList<>();
    measures(metric, model, measures);
    parameters.put("inputMeasures", measures);
    switch (metric) {
      case Metric.Simple simple -> parameters.put("measure", measure(simple));
      case Metric.Ratio ratio -> {
        parameters.put("numerator", input(ratio.numerator()));
        parameters.put("denominator", input(ratio.denominator()));
      }
      case Metric.Derived derived -> {
        parameters.put("expr", ExprPrinter.print(derived.expr()));
        parameters.put("metrics", derived.inputs().stream().map(DbtMetrics::input).toList());
      }
      case Metric.Cumulative cumulative -> {
        parameters.put("measure", measure(cumulative.input()));
        parameters.put("window", window(cumulative.window()));
        parameters.put("grainToDate", cumulative.grainToDate().map(grain -> grain.label().toUpperCase(Locale.ROOT)).orElse(null));
      }
      case Metric.Conversion conversion -> parameters.put("window", window(conversion.window()));
    }
    return parameters;
  }

  private static void measures(Metric metric, SemanticModel model, List<Map<String, @Nullable Object>> into) {
    switch (metric) {
      case Metric.Simple simple -> into.add(measure(simple));
      case Metric.Ratio ratio -> List.of(ratio.numerator(), ratio.denominator()).forEach(input -> measures(input, model, into));
      case Metric.Derived derived -> derived.inputs().forEach(input -> measures(input, model, into));
      case Metric.Cumulative cumulative -> into.add(measure(cumulative.input()));
      case Metric.Conversion conversion -> {
        into.add(measure(conversion.base()));
        into.add(measure(conversion.conversion()));
      }
    }
  }

  private static void measures(MetricInput input, SemanticModel model, List<Map<String, @Nullable Object>> into) {
    model.metric(input.metric()).ifPresent(metric -> measures(metric, model, into));
  }

  private static Map<String, @Nullable Object> measure(Metric.Simple simple) {
    Map<String, @Nullable Object> measure = new LinkedHashMap<>();
    measure.put("name", simple.measure().name());
    measure.put("filter", DbtCatalog.filter(simple.filters()));
    return measure;
  }

  private static Map<String, @Nullable Object> input(MetricInput input) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", input.metric());
    entry.put("alias", input.alias().orElse(null));
    List<Expr> filters = input.filters();
    entry.put("filter", DbtCatalog.filter(filters));
    entry.put("offsetWindow", window(input.offsetWindow()));
    entry.put("offsetToGrain", input.offsetToGrain().map(grain -> grain.label().toUpperCase(Locale.ROOT)).orElse(null));
    return entry;
  }

  private static @Nullable Map<String, Object> window(Optional<TimeWindow> window) {
    return window.<Map<String, Object>>map(
        one -> Map.of("count", one.count(), "timeGranularity", one.grain().label().toUpperCase(Locale.ROOT))).orElse(null);
  }
}
