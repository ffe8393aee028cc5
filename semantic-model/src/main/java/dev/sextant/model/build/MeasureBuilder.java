// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Documentation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.DatasetDef.AggParams;
import dev.sextant.model.yaml.def.DatasetDef.AggregationDef;
import dev.sextant.model.yaml.def.DatasetDef.MeasureDef;
import dev.sextant.model.yaml.def.DatasetDef.NonAdditiveDef;
import dev.sextant.model.yaml.def.DatasetDef.PercentileType;
import dev.sextant.model.yaml.def.DatasetDef.WindowChoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds measures, be they a dataset's or a metric's own. */
final class MeasureBuilder {
  private final Scope scope;

  MeasureBuilder(Scope scope) {
    this.scope = scope;
  }

  Optional<Measure> build(String dataset, Optional<String> defaultTime, MeasureDef def) {
    return build(dataset, defaultTime, new Parts(def.name(), def.aggregation(), def.expr(), Documentations.of(def.documentation())));
  }

  /** What a measure is made of, wherever it is written. */
  record Parts(Located<String> name, AggregationDef aggregation, List<Located<String>> expr, Documentation documentation) {
    Position position() {
      return name.position();
    }
  }

  Optional<Measure> build(String dataset, Optional<String> defaultTime, Parts parts) {
    if (parts.aggregation().agg().isEmpty()) {
      scope.issues().add(ModelIssue.MISSING_KEY, parts.position(), "'" + parts.name().value() + "' needs the key 'agg'");
      return Optional.empty();
    }
    Aggregation aggregation = parts.aggregation().agg().get().value();
    List<Expr> arguments = parts.expr().isEmpty()
        ? List.of(new Expr.Column(parts.name().value().strip()))
        : parts.expr().stream().map(scope.exprs()::ofColumns).toList();
    if (aggregation == Aggregation.COUNT && parts.expr().isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, parts.position(),
              "count measure '" + parts.name().value() + "' needs the key 'expr': 1 to count rows, or what must not be NULL");
    }
    Measure measure = new Measure(Scope.name(parts.name()), dataset, aggregation, arguments.getFirst(), percentile(parts, aggregation),
        custom(parts, aggregation), arguments.subList(1, arguments.size()),
        parts.aggregation().aggTimeDimension().map(Scope::name).or(() -> defaultTime), nonAdditive(parts.aggregation()),
        parts.documentation(), parts.position());
    note(measure, parts.aggregation());
    return Optional.of(measure);
  }

  private void note(Measure measure, AggregationDef def) {
    def.aggTimeDimension().ifPresent(written -> scope.places().put(measure, "agg_time_dimension", written.position()));
    def.nonAdditiveDimension().ifPresent(written -> {
      scope.places().put(measure, "non_additive_dimension", written.name().position());
      scope.places().put(measure, "window_groupings", written.windowGroupings());
    });
  }

  private Optional<Measure.Percentile> percentile(Parts parts, Aggregation aggregation) {
    AggregationDef def = parts.aggregation();
    Optional<Located<
        BigDecimal>> fraction = def.aggParams().flatMap(AggParams::percentile).or(() -> def.percentile().map(MeasureBuilder::fraction));
    boolean discrete = Scope.isTrue(def.aggParams().flatMap(AggParams::useDiscretePercentile))
        || def.percentileType().filter(type -> type.value() == PercentileType.DISCRETE).isPresent();
    boolean approximate = Scope.isTrue(def.aggParams().flatMap(AggParams::useApproximatePercentile));
    if (aggregation == Aggregation.MEDIAN) {
      return Optional.of(new Measure.Percentile(0.5, discrete, approximate));
    }
    if (aggregation != Aggregation.PERCENTILE) {
      fraction.ifPresent(some -> scope.issues()
          .add(ModelIssue.INVALID_MEASURE, some.position(),
              "measure '" + parts.name().value() + "' has agg " + aggregation.label() + "; only percentile has agg_params.percentile"));
      return Optional.empty();
    }
    if (fraction.isEmpty()) {
      scope.issues()
          .add(ModelIssue.INVALID_MEASURE, parts.position(),
              "percentile measure '" + parts.name().value() + "' needs agg_params: {percentile: ..} between 0 and 1");
    }
    fraction.filter(some -> some.value().signum() <= 0 || some.value().compareTo(BigDecimal.ONE) >= 0)
        .ifPresent(some -> scope.issues()
            .add(ModelIssue.INVALID_VALUE, some.position(),
                "a percentile is a fraction between 0 and 1, such as 0.99; found " + some.value()));
    return fraction.map(some -> new Measure.Percentile(some.value().doubleValue(), discrete, approximate));
  }

  /** Beside a metric's name dbt writes percents: 95.0. */
  private static Located<BigDecimal> fraction(Located<BigDecimal> written) {
    boolean percent = written.value().compareTo(BigDecimal.ONE) > 0 && written.value().compareTo(BigDecimal.valueOf(100)) < 0;
    return percent ? new Located<>(written.value().movePointLeft(2), written.scalar()) : written;
  }

  private Optional<Measure.CustomAggregate> custom(Parts parts, Aggregation aggregation) {
    Optional<Located<String>> sql = parts.aggregation().sql();
    if (aggregation != Aggregation.CUSTOM) {
      sql.ifPresent(some -> scope.issues().add(ModelIssue.INVALID_MEASURE, some.position(), "'sql' needs agg: custom"));
      return Optional.empty();
    }
    if (sql.isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, parts.position(),
              "custom measure '" + parts.name().value() + "' needs sql: with {expr} for the argument");
      return Optional.empty();
    }
    DataType type = parts.aggregation().resultType().map(this::type).orElse(DataType.DOUBLE);
    return sql.map(text -> new Measure.CustomAggregate(text.value().strip(), type));
  }

  private DataType type(Located<String> name) {
    try {
      return ExprParser.parseType(name.value(), name.scalar()::place);
    } catch (SextantException e) {
      scope.issues().add(e.issue());
      return DataType.OTHER;
    }
  }

  private Optional<Measure.NonAdditive> nonAdditive(AggregationDef def) {
    return def.nonAdditiveDimension().map(MeasureBuilder::nonAdditive);
  }

  private static Measure.NonAdditive nonAdditive(NonAdditiveDef def) {
    boolean last = def.windowChoice().filter(choice -> choice.value() == WindowChoice.MAX).isPresent();
    return new Measure.NonAdditive(Scope.name(def.name()), last, Scope.names(def.windowGroupings()));
  }

  /** The measures for which their dataset asks a metric of the same name. */
  static Stream<String> proxies(List<MeasureDef> measures) {
    return measures.stream().filter(measure -> Scope.isTrue(measure.createMetric())).map(measure -> Scope.name(measure.name()));
  }
}
