// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Entity;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A table with meaning, as written: dbt's semantic model. */
@Form("a semantic model")
public record DatasetDef(
    @Key("Its name, unique in the project.") Located<String> name,
    @Key(value = "", inline = true) SourceDef source,
    @Key("What its parts use unless they say otherwise.") Optional<Defaults> defaults,
    @Key("The entity its dimensions are addressed through, where no entity is primary.") Optional<Located<String>> primaryEntity,
    @Key("The column that says when a row became known; features see only rows created before their instant.") Optional<
        Located<String>> createdTime,
    @Key("The keys it can be joined on.") List<EntityDef> entities,
    @Key("What its rows can be grouped and filtered by.") List<DimensionDef> dimensions,
    @Key("What can be aggregated over its rows.") List<MeasureDef> measures,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** What a dataset's parts use unless they say otherwise. */
  @Form("defaults")
  public record Defaults(@Key("The time dimension that metric_time means.") Optional<Located<String>> aggTimeDimension) {}

  /** A key, as written. */
  @Form("an entity")
  public record EntityDef(
      @Key("The entity's name; datasets that share it can be joined.") Located<String> name,
      @Key("How often a value occurs.") Located<Entity.Type> type,
      @Key(value = "The column or expression; a list for a composite key; the name by default.", lone = true) List<Located<String>> expr,
      @Key("The entity this one plays the role of, such as airport for origin.") Optional<Located<String>> of,
      @Key("") YamlNode role,
      @Key("") YamlNode entity,
      @Key(value = "", inline = true) DocumentationDef documentation) {}

  /** What a dimension holds. */
  public enum DimensionKind {
    CATEGORICAL, TIME
  }

  /** A dimension, as written. */
  @Form("a dimension")
  public record DimensionDef(
      @Key("The dimension's name.") Located<String> name,
      @Key("A value as it is, or a point in time.") Located<DimensionKind> type,
      @Key("The column or expression; the name by default.") Optional<Located<String>> expr,
      @Key("Whether joins must also agree on it.") Optional<Located<Boolean>> isPartition,
      @Key("What time dimensions need.") Optional<TimeParams> typeParams,
      @Key(value = "", inline = true) DocumentationDef documentation) {}

  /** What time dimensions need, as written. */
  @Form("type_params")
  public record TimeParams(
      @Key("The grain its values have.") Optional<Located<String>> timeGranularity,
      @Key("Which end of a row's validity it holds.") Optional<ValidityParams> validityParams,
      @Key("") YamlNode isPrimary) {}

  /** The role of a time dimension in a slowly changing dataset. */
  @Form("validity_params")
  public record ValidityParams(
      @Key("Whether rows are valid from it on.") Optional<Located<Boolean>> isStart,
      @Key("Whether rows are valid until just before it.") Optional<Located<Boolean>> isEnd) {}

  /** A measure, as written. */
  @Form("a measure")
  public record MeasureDef(
      @Key("The measure's name, unique in the project.") Located<String> name,
      @Key(value = "", inline = true) AggregationDef aggregation,
      @Key(value = "What is aggregated; the name by default. Two for a correlation.", lone = true) List<Located<String>> expr,
      @Key("Whether a metric of the same name is made.") Optional<Located<Boolean>> createMetric,
      @Key("") YamlNode createMetricDisplayName,
      @Key(value = "", inline = true) DocumentationDef documentation) {}

  /** How rows become a number, as written. */
  @Form("an aggregation")
  public record AggregationDef(
      @Key("How rows become a number.") Optional<Located<Aggregation>> agg,
      @Key("Settings of the aggregation.") Optional<AggParams> aggParams,
      @Key("The time dimension that metric_time means; the dataset's default where missing.") Optional<Located<String>> aggTimeDimension,
      @Key("A time dimension it must not be added up over.") Optional<NonAdditiveDef> nonAdditiveDimension,
      @Key("For agg: custom, the aggregate in the warehouse's SQL, with {expr} for the argument.") Optional<Located<String>> sql,
      @Key("For agg: custom, the type of its result.") Optional<Located<String>> resultType,
      @Key("Which percentile, in (0, 1).") Optional<Located<BigDecimal>> percentile,
      @Key("Whether a percentile is a value that occurs (discrete) or interpolated (continuous).") Optional<
          Located<PercentileType>> percentileType) {}

  /** How a percentile between two values is taken. */
  public enum PercentileType {
    CONTINUOUS, DISCRETE
  }

  /** Settings of an aggregation, as written. */
  @Form("agg_params")
  public record AggParams(
      @Key("Which percentile, in (0, 1).") Optional<Located<BigDecimal>> percentile,
      @Key("Whether it must be a value that occurs.") Optional<Located<Boolean>> useDiscretePercentile,
      @Key("Whether an estimate is enough.") Optional<Located<Boolean>> useApproximatePercentile) {}

  /** A semi-additive measure's time dimension, as written. */
  @Form("non_additive_dimension")
  public record NonAdditiveDef(
      @Key("The time dimension.") Located<String> name,
      @Key(value = "Whether the first (min) or last (max) value of a period counts.", also = "window_agg") Optional<
          Located<WindowChoice>> windowChoice,
      @Key(value = "The entities within which first and last are found.", also = "group_by", lone = true) List<
          Located<String>> windowGroupings) {}

  /** Which end of a period counts. */
  public enum WindowChoice {
    MIN, MAX
  }
}
