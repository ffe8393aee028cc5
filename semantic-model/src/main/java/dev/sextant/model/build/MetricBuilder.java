// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Documentation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.MetricDef;
import dev.sextant.model.yaml.def.MetricDef.ConversionDef;
import dev.sextant.model.yaml.def.MetricDef.CumulativeDef;
import dev.sextant.model.yaml.def.MetricDef.MetricKind;
import dev.sextant.model.yaml.def.MetricInputDef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Builds metrics that are made of others; {@link SimpleMetrics} builds the rest. */
final class MetricBuilder {
  private final Scope scope;
  private final SimpleMetrics simple;

  MetricBuilder(Scope scope, SimpleMetrics simple) {
    this.scope = scope;
    this.simple = simple;
  }

  /** What a metric is; with an issue where it does not say, and empty where that cannot even be guessed. */
  Optional<MetricKind> kind(MetricDef def) {
    Params params = new Params(def);
    if (def.type().isEmpty() && !params.isOwnAggregation()) {
      scope.issues().add(ModelIssue.MISSING_KEY, def.name().position(), "metric '" + def.name().value() + "' needs the key 'type'");
    }
    return def.type().map(Located::value).or(params::likelyKind);
  }

  Optional<? extends Metric> build(MetricDef def, MetricKind kind) {
    Params params = new Params(def);
    new KindKeys(params, kind).check(def, scope.issues());
    Optional<? extends Metric> built = build(def, kind, params);
    built.ifPresent(metric -> note(metric, def, params));
    return built;
  }

  private void note(Metric metric, MetricDef def, Params params) {
    Places places = scope.places();
    def.timeGranularity().ifPresent(written -> places.put(metric, "time_granularity", written.position()));
    params.cumulative(CumulativeDef::grainToDate).ifPresent(written -> places.put(metric, "grain_to_date", written.position()));
    params.cumulative(CumulativeDef::window).flatMap(Scope::position).ifPresent(written -> places.put(metric, "window", written));
    params.conversion(ConversionDef::conversionWindow).flatMap(Scope::position).ifPresent(written -> places.put(metric, "window", written));
    params.conversion(ConversionDef::entity).ifPresent(written -> places.put(metric, "entity", written.position()));
    List<MetricDef.ConstantPropertyDef> constants = params.conversionList(ConversionDef::constantProperties);
    places.put(metric, "base_property", constants.stream().map(MetricDef.ConstantPropertyDef::baseProperty).toList());
    places.put(metric, "conversion_property", constants.stream().map(MetricDef.ConstantPropertyDef::conversionProperty).toList());
  }

  private Optional<? extends Metric> build(MetricDef def, MetricKind kind, Params params) {
    return switch (kind) {
      case SIMPLE -> simple.build(def, header(def), params);
      case RATIO -> ratio(def, params);
      case DERIVED -> derived(def, params);
      case CUMULATIVE -> cumulative(def, params);
      case CONVERSION -> conversion(def, params);
    };
  }

  private Metric.Header header(MetricDef def) {
    return new Metric.Header(Scope.name(def.name()), scope.exprs().filters(def.filter()), scope.grain(def.timeGranularity()),
        Documentations.of(def.documentation()), def.name().position());
  }

  private Optional<Metric> ratio(MetricDef def, Params params) {
    Optional<MetricInputDef> numerator = params.pick(MetricDef.Params::numerator);
    Optional<MetricInputDef> denominator = params.pick(MetricDef.Params::denominator);
    if (numerator.isEmpty() || denominator.isEmpty()) {
      return missing(def, numerator.isEmpty() ? "numerator" : "denominator");
    }
    return Optional.of(new Metric.Ratio(header(def), input(numerator.get()), input(denominator.get())));
  }

  private Optional<Metric> derived(MetricDef def, Params params) {
    List<Located<String>> expr = params.pickList(MetricDef.Params::expr);
    List<MetricInputDef> inputs = params.pickList(MetricDef.Params::metrics);
    if (expr.size() != 1) {
      return missing(def, "expr");
    }
    return Optional.of(
        new Metric.Derived(header(def), scope.exprs().ofNames(expr.getFirst()), inputs.stream().map(this::input).toList()));
  }

  private Optional<Metric> missing(MetricDef def, String key) {
    String kind = def.type().map(type -> type.value().name().toLowerCase(Locale.ROOT) + " ").orElse("");
    scope.issues()
        .add(ModelIssue.MISSING_KEY, def.name().position(), kind + "metric '" + def.name().value() + "' needs the key '" + key + "'");
    return Optional.empty();
  }

  private MetricInput input(MetricInputDef def) {
    MetricInput input = new MetricInput(Scope.name(def.name()), def.alias().map(Scope::name), scope.exprs().filters(def.filter()),
        scope.window(def.offsetWindow()), scope.grain(def.offsetToGrain()), def.name().position());
    def.offsetToGrain().ifPresent(written -> scope.places().put(input, "offset_to_grain", written.position()));
    def.alias().ifPresent(written -> scope.places().put(input, "alias", written.position()));
    return input;
  }

  private Optional<Metric> cumulative(MetricDef def, Params params) {
    Optional<Metric.Simple> input = params.cumulative(CumulativeDef::metric)
        .map(simple::input)
        .orElseGet(() -> params.pick(MetricDef.Params::measure).flatMap(simple::hidden));
    if (input.isEmpty()) {
      boolean named = params.cumulative(CumulativeDef::metric).isPresent() || params.pick(MetricDef.Params::measure).isPresent();
      return named ? Optional.empty() : missing(def, "measure");
    }
    return Optional.of(new Metric.Cumulative(header(def), input.get(), scope.window(params.cumulative(CumulativeDef::window)),
        scope.grain(params.cumulative(CumulativeDef::grainToDate)),
        params.cumulative(CumulativeDef::periodAgg).map(Located::value).orElse(Metric.PeriodAggregation.FIRST)));
  }

  private Optional<Metric> conversion(MetricDef def, Params params) {
    Optional<Located<String>> entity = params.conversion(ConversionDef::entity);
    Optional<Metric.Simple> base = params.conversion(ConversionDef::baseMeasure)
        .map(simple::hidden)
        .orElseGet(() -> params.conversion(ConversionDef::baseMetric).flatMap(simple::input));
    Optional<Metric.Simple> conversion = params.conversion(ConversionDef::conversionMeasure)
        .map(simple::hidden)
        .orElseGet(() -> params.conversion(ConversionDef::conversionMetric).flatMap(simple::input));
    if (entity.isEmpty()) {
      return missing(def, "entity");
    }
    if (base.isEmpty() && params.conversion(ConversionDef::baseMeasure).isEmpty()
        && params.conversion(ConversionDef::baseMetric).isEmpty()) {
      return missing(def, "base_measure");
    }
    if (conversion.isEmpty() && params.conversion(ConversionDef::conversionMeasure).isEmpty()
        && params.conversion(ConversionDef::conversionMetric).isEmpty()) {
      return missing(def, "conversion_measure");
    }
    List<Metric.ConstantProperty> constants = params.conversionList(ConversionDef::constantProperties)
        .stream()
        .map(pair -> new Metric.ConstantProperty(Scope.name(pair.baseProperty()), Scope.name(pair.conversionProperty())))
        .toList();
    return base.flatMap(from -> conversion.map(to -> new Metric.Conversion(header(def), from, to, Scope.name(entity.get()),
        params.conversion(ConversionDef::calculation).map(Located::value).orElse(Metric.Calculation.CONVERSION_RATE),
        scope.window(params.conversion(ConversionDef::conversionWindow)), constants)));
  }

  /** The metric that a measure asks for by {@code create_metric}. */
  static Metric.Simple proxy(Measure measure) {
    Documentation documentation = measure.documentation();
    return new Metric.Simple(new Metric.Header(measure.name(), List.<Expr>of(), Optional.empty(), documentation, measure.position()),
        measure,
        Optional.empty(), false);
  }
}
