// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.DatasetDef.AggregationDef;
import dev.sextant.model.yaml.def.MeasureInputDef;
import dev.sextant.model.yaml.def.MetricDef;
import dev.sextant.model.yaml.def.MetricInputDef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds metrics over one measure, those that cumulative and conversion metrics keep for themselves included. */
final class SimpleMetrics {
  private final Scope scope;
  private final MeasureBuilder measureBuilder;
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();
  private final Map<String, Measure> measures = new LinkedHashMap<>();
  private final Map<String, Metric.Simple> built = new LinkedHashMap<>();
  private final Set<String> otherMetrics = new HashSet<>();
  private final Map<MetricDef, Located<String>> homes = new IdentityHashMap<>();

  SimpleMetrics(Scope scope, MeasureBuilder measureBuilder) {
    this.scope = scope;
    this.measureBuilder = measureBuilder;
  }

  void declare(List<Dataset> all) {
    all.forEach(dataset -> datasets.putIfAbsent(dataset.name(), dataset));
    all.forEach(dataset -> dataset.measures().forEach(measure -> measures.putIfAbsent(measure.name(), measure)));
  }

  /** The dataset of a metric that is written below it and need not name it. */
  void declareHome(MetricDef metric, Located<String> dataset) {
    homes.put(metric, dataset);
  }

  void declare(Metric.Simple metric) {
    built.putIfAbsent(metric.name(), metric);
  }

  /** Metrics of other kinds, or that could not be built: no input for cumulative and conversion metrics. */
  void declareOther(String name) {
    otherMetrics.add(name);
  }

  Optional<Measure> measure(Located<String> written) {
    Optional<Measure> found = Optional.ofNullable(measures.get(Scope.name(written)));
    if (found.isEmpty()) {
      scope.issues()
          .unknown(ModelIssue.UNKNOWN_MEASURE, written.position(), "measure '" + written.value() + "' is not defined.",
              written.value(), measures.keySet());
    }
    return found;
  }

  Optional<Metric.Simple> build(MetricDef def, Metric.Header header, Params params) {
    Optional<MeasureInputDef> input = params.pick(MetricDef.Params::measure);
    if (input.isEmpty()) {
      return own(def, header, params);
    }
    boolean compiled = params.pick(MetricDef.Params::metricAggregationParams).isPresent();
    boolean second = params.isOwnAggregation() || !params.pickList(MetricDef.Params::expr).isEmpty();
    if (second && !compiled) {
      scope.issues()
          .add(ModelIssue.CONFLICTING_KEYS, def.name().position(),
              "metric '" + def.name().value() + "' has a measure and an aggregation or expr of its own; give it one of them");
    }
    return measure(input.get().name()).map(measure -> over(measure, header, input.get(), params));
  }

  private Metric.Simple over(Measure measure, Metric.Header header, MeasureInputDef input, Params params) {
    Optional<BigDecimal> fill = input.fillNullsWith().or(() -> params.pick(MetricDef.Params::fillNullsWith)).map(Located::value);
    boolean spine = Scope.isTrue(input.joinToTimespine().or(() -> params.pick(MetricDef.Params::joinToTimespine)));
    return new Metric.Simple(withFilters(header, scope.exprs().filters(input.filter())), measure, fill, spine);
  }

  private static Metric.Header withFilters(Metric.Header header, List<Expr> more) {
    List<Expr> filters = new ArrayList<>(header.filters());
    filters.addAll(more);
    return new Metric.Header(header.name(), filters, header.defaultGrain(), header.documentation(), header.position());
  }

  /** A metric with an aggregation of its own becomes one over a measure of its own. */
  private Optional<Metric.Simple> own(MetricDef def, Metric.Header header, Params params) {
    Optional<MetricDef.OwnAggregation> nested = params.pick(MetricDef.Params::metricAggregationParams);
    Optional<Located<String>> dataset = nested.map(MetricDef.OwnAggregation::semanticModel)
        .or(() -> params.pick(MetricDef.Params::semanticModel))
        .or(() -> Optional.ofNullable(homes.get(def)));
    if (!params.isOwnAggregation() || dataset.isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, def.name().position(), "simple metric '" + def.name().value() + "' needs the key '"
              + (params.isOwnAggregation() ? "semantic_model" : "measure") + "'");
      return Optional.empty();
    }
    Optional<Dataset> home = Optional.ofNullable(datasets.get(Scope.name(dataset.get())));
    if (home.isEmpty()) {
      scope.issues()
          .unknown(ModelIssue.UNKNOWN_DATASET, dataset.get().position(),
              "semantic model '" + dataset.get().value() + "' is not defined.", dataset.get().value(), datasets.keySet());
    }
    return home.flatMap(found -> own(def, header, params, found, nested));
  }

  private Optional<Metric.Simple> own(MetricDef def, Metric.Header header, Params params, Dataset home,
      Optional<MetricDef.OwnAggregation> nested) {
    AggregationDef aggregation = nested.map(MetricDef.OwnAggregation::aggregation)
        .orElseGet(() -> params.pick(some -> some.aggregation().agg().map(any -> some.aggregation())).orElseThrow());
    List<Located<String>> inner = nested.map(MetricDef.OwnAggregation::expr).orElse(List.of());
    List<Located<String>> expr = inner.isEmpty() ? params.pickList(MetricDef.Params::expr) : inner;
    return measureBuilder
        .build(home.name(), home.defaultTimeDimension(),
            new MeasureBuilder.Parts(def.name(), aggregation, expr, header.documentation()))
        .map(measure -> new Metric.Simple(header, measure, params.pick(MetricDef.Params::fillNullsWith).map(Located::value),
            Scope.isTrue(params.pick(MetricDef.Params::joinToTimespine))));
  }

  /** A simple metric that another metric keeps for itself. */
  Optional<Metric.Simple> hidden(MeasureInputDef input) {
    return measure(input.name()).map(measure -> hidden(measure, input));
  }

  private Metric.Simple hidden(Measure measure, MeasureInputDef input) {
    Position position = input.name().position();
    Metric.Header header = new Metric.Header(measure.name(), scope.exprs().filters(input.filter()), Optional.empty(),
        measure.documentation(),
        position);
    return new Metric.Simple(header, measure, input.fillNullsWith().map(Located::value), Scope.isTrue(input.joinToTimespine()));
  }

  /** A simple metric as another one's input. */
  Optional<Metric.Simple> input(MetricInputDef input) {
    input.offsetWindow()
        .flatMap(Scope::position)
        .or(() -> input.offsetToGrain().map(Located::position))
        .ifPresent(at -> scope.issues().add(ModelIssue.CONFLICTING_KEYS, at, "this input cannot be taken from another time"));
    String name = Scope.name(input.name());
    Optional<Metric.Simple> found = Optional.ofNullable(built.get(name));
    if (found.isEmpty() && otherMetrics.contains(name)) {
      scope.issues()
          .add(ModelIssue.INVALID_METRIC, input.name().position(),
              "metric '" + name + "' cannot stand here: only simple metrics are accumulated or connected");
    } else if (found.isEmpty()) {
      scope.issues()
          .unknown(ModelIssue.UNKNOWN_METRIC, input.name().position(), "metric '" + input.name().value() + "' is not defined.",
              input.name().value(), built.keySet());
    }
    return found.map(metric -> new Metric.Simple(withFilters(metric.header(), scope.exprs().filters(input.filter())), metric.measure(),
        metric.fillNullsWith(), metric.joinToTimeSpine()));
  }
}
