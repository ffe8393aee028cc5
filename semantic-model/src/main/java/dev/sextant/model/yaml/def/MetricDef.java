// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.Metric;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A metric, as written; its parameters stand under {@code type_params} or, in dbt's newer style, beside its name. */
@Form("a metric")
public record MetricDef(
    @Key("The metric's name, unique in the project.") Located<String> name,
    @Key("What kind of metric it is; simple where it has its own agg.") Optional<Located<MetricKind>> type,
    @Key("What the kind needs.") Optional<Params> typeParams,
    @Key(value = "", inline = true) Params params,
    @Key(value = "Conditions on rows, all of which must hold.", lone = true) List<FilterDef> filter,
    @Key("The grain of metric_time where a query names none.") Optional<Located<String>> timeGranularity,
    @Key("") YamlNode hidden,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** The kinds of metrics. */
  public enum MetricKind {
    SIMPLE, RATIO, DERIVED, CUMULATIVE, CONVERSION
  }

  /** What the kinds of metrics need, as written. */
  @Form("type_params")
  public record Params(
      @Key("simple, cumulative: the measure.") Optional<MeasureInputDef> measure,
      @Key("simple: an aggregation of the metric's own, without a measure.") Optional<OwnAggregation> metricAggregationParams,
      @Key("simple: the dataset of an aggregation of the metric's own.") Optional<Located<String>> semanticModel,
      @Key(value = "", inline = true) DatasetDef.AggregationDef aggregation,
      @Key(value = "derived: the expression over its inputs. simple: what an aggregation of its own aggregates.", lone = true) List<
          Located<String>> expr,
      @Key("simple: what stands for NULL.") Optional<Located<BigDecimal>> fillNullsWith,
      @Key("simple: whether periods without rows appear.") Optional<Located<Boolean>> joinToTimespine,
      @Key("ratio: what is divided.") Optional<MetricInputDef> numerator,
      @Key("ratio: what it is divided by.") Optional<MetricInputDef> denominator,
      @Key(value = "derived: the inputs.", also = "input_metrics") List<MetricInputDef> metrics,
      @Key("cumulative: what is accumulated, and over which time.") Optional<CumulativeDef> cumulativeTypeParams,
      @Key(value = "", inline = true) CumulativeDef cumulative,
      @Key("conversion: the two events and what connects them.") Optional<ConversionDef> conversionTypeParams,
      @Key(value = "", inline = true) ConversionDef conversion,
      @Key("") YamlNode inputMeasures,
      @Key("simple: whether it is an input of other metrics only, and not listed.") Optional<Located<Boolean>> isPrivate) {}

  /** An aggregation of a metric's own, as written. */
  @Form("metric_aggregation_params")
  public record OwnAggregation(
      @Key("The dataset whose rows are aggregated.") Located<String> semanticModel,
      @Key(value = "", inline = true) DatasetDef.AggregationDef aggregation,
      @Key(value = "What is aggregated.", lone = true) List<Located<String>> expr) {}

  /** What a cumulative metric needs, as written. */
  @Form("cumulative_type_params")
  public record CumulativeDef(
      @Key("cumulative: the trailing window, such as 7 days; all time where missing.") Optional<WindowDef> window,
      @Key("cumulative: the period since whose start is counted, such as month.") Optional<Located<String>> grainToDate,
      @Key("cumulative: which value stands for a longer period.") Optional<Located<Metric.PeriodAggregation>> periodAgg,
      @Key(value = "cumulative: the metric that is accumulated, in place of a measure.", also = "input_metric") Optional<
          MetricInputDef> metric) {}

  /** What a conversion metric needs, as written. */
  @Form("conversion_type_params")
  public record ConversionDef(
      @Key("conversion: the first event.") Optional<MeasureInputDef> baseMeasure,
      @Key("conversion: the event that may follow.") Optional<MeasureInputDef> conversionMeasure,
      @Key("conversion: the first event, as a metric.") Optional<MetricInputDef> baseMetric,
      @Key("conversion: the event that may follow, as a metric.") Optional<MetricInputDef> conversionMetric,
      @Key("conversion: the entity whose events are connected.") Optional<Located<String>> entity,
      @Key("conversion: what is returned; conversion_rate by default.") Optional<Located<Metric.Calculation>> calculation,
      @Key(value = "conversion: how long after the first event the second counts; for ever where missing.", name = "window",
          also = {}) Optional<
              WindowDef> conversionWindow,
      @Key("conversion: properties that must be the same for both events.") List<ConstantPropertyDef> constantProperties) {}

  /** A property that must be the same for both events, as written. */
  @Form("a constant property")
  public record ConstantPropertyDef(
      @Key("The dimension or entity of the first event.") Located<String> baseProperty,
      @Key("The dimension or entity of the second event.") Located<String> conversionProperty) {}
}
