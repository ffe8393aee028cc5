// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.MetricQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The hardest kind of metric in a query; harder kinds come later. */
enum MetricKind {
  NONE, SIMPLE, RATIO, DERIVED, CUMULATIVE, OFFSET, CONVERSION;

  static MetricKind of(MetricQuery query, SemanticModel model) {
    return query.metrics()
        .stream()
        .flatMap(item -> model.metric(item.name()).stream())
        .flatMap(metric -> kinds(metric, model))
        .max(Comparator.naturalOrder())
        .orElse(NONE);
  }

  private static Stream<MetricKind> kinds(Metric metric, SemanticModel model) {
    return switch (metric) {
      case Metric.Simple simple -> Stream.of(SIMPLE);
      case Metric.Cumulative cumulative -> Stream.of(CUMULATIVE);
      case Metric.Conversion conversion -> Stream.of(CONVERSION);
      case Metric.Ratio ratio -> Stream.concat(Stream.of(RATIO), inputs(List.of(ratio.numerator(), ratio.denominator()), model));
      case Metric.Derived derived -> Stream.concat(Stream.of(DERIVED), inputs(derived.inputs(), model));
    };
  }

  private static Stream<MetricKind> inputs(List<MetricInput> inputs, SemanticModel model) {
    return inputs.stream()
        .flatMap(input -> Stream.concat(input.isShifted() ? Stream.of(OFFSET) : Stream.empty(),
            model.metric(input.metric()).stream().flatMap(metric -> kinds(metric, model))));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
