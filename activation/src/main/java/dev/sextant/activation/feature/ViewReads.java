// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.model.Dataset;
import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.JoinStep;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a view may be made from: the metrics of its features and those they are made from, and every dataset that joins lead to from there. It
 * holds rather too much than too little.
 */
public record ViewReads(List<Metric> metrics, List<Dataset> datasets) {

  public ViewReads {
    metrics = List.copyOf(metrics);
    datasets = List.copyOf(datasets);
  }

  public static ViewReads of(FeatureView view, SemanticModel model) {
    Reader reader = new Reader(model);
    view.entities().forEach(entity -> model.joins().holders(entity).forEach(reader::dataset));
    for (Feature feature : view.features()) {
      switch (feature) {
        case Feature.OfMetric metric -> reader.metric(metric.metric());
        case Feature.OfDimension dimension -> {
        }
        case Feature.OfExpr expr -> {
        }
      }
    }
    return reader.read();
  }

  /** The metric of a name and those it is made from. */
  public static List<Metric> behind(String metric, SemanticModel model) {
    Reader reader = new Reader(model);
    reader.metric(metric);
    return reader.read().metrics();
  }

  /** Collects, each once and in the order in which they are met. */
  private static final class Reader {
    private final SemanticModel model;
    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();

    Reader(SemanticModel model) {
      this.model = model;
    }

    ViewReads read() {
      return new ViewReads(List.copyOf(metrics.values()), List.copyOf(datasets.values()));
    }

    void metric(String name) {
      if (!metrics.containsKey(name)) {
        model.anyMetric(name).ifPresent(this::metric);
      }
    }

    private void metric(Metric metric) {
      metrics.put(metric.name(), metric);
      switch (metric) {
        case Metric.Simple simple -> measure(simple);
        case Metric.Ratio ratio -> {
          metric(ratio.numerator().metric());
          metric(ratio.denominator().metric());
        }
        case Metric.Derived derived -> derived.inputs().stream().map(MetricInput::metric).forEach(this::metric);
        case Metric.Cumulative cumulative -> measure(cumulative.input());
        case Metric.Conversion conversion -> {
          measure(conversion.base());
          measure(conversion.conversion());
        }
      }
    }

    private void measure(Metric.Simple simple) {
      model.dataset(simple.measure().dataset()).ifPresent(this::dataset);
    }

    void dataset(Dataset first) {
      Deque<Dataset> next = new ArrayDeque<>(List.of(first));
      while (!next.isEmpty()) {
        Dataset dataset = next.removeFirst();
        if (datasets.putIfAbsent(dataset.name(), dataset) == null) {
          model.joins().steps(dataset).stream().map(JoinStep::to).forEach(next::addLast);
        }
      }
    }
  }
}
