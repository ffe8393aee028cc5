// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.Entity;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** A dbt model in dbt's newer style, as written: its columns say what they mean. Keys for dbt itself are left alone. */
@Form(value = "a dbt model", open = true)
public record DbtModelDef(
    @Key("The model's name, which is its table's.") Located<String> name,
    @Key("Makes it a semantic model.") Optional<SemanticBlock> semanticModel,
    @Key("The time dimension that metric_time means.") Optional<Located<String>> aggTimeDimension,
    @Key("The entity its dimensions are addressed through, where no entity is primary.") Optional<Located<String>> primaryEntity,
    @Key("Its columns, with their entity or dimension.") List<Column> columns,
    @Key("Entities and dimensions that are no columns.") Optional<Derived> derivedSemantics,
    @Key("Metrics over it.") List<MetricDef> metrics,
    @Key("Makes it a calendar table.") Optional<TimeSpineBlock> timeSpine,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** What makes a model a semantic model, as written. */
  @Form(value = "semantic_model", shorthand = "enabled")
  public record SemanticBlock(
      @Key("Whether it is one.") Optional<Located<Boolean>> enabled,
      @Key("The semantic model's name; the model's by default.") Optional<Located<String>> name,
      @Key("dbt's place for meta, tags and enabled.") Optional<DocumentationDef.Config> config,
      @Key("") YamlNode group) {}

  /** A column, as written. */
  @Form(value = "a column", open = true)
  public record Column(
      @Key("The column's name.") Located<String> name,
      @Key("What it holds.") Optional<Located<String>> description,
      @Key("The grain of its values, where it is a time.") Optional<Located<String>> granularity,
      @Key("The key it is.") Optional<ColumnEntity> entity,
      @Key("The dimension it is.") Optional<ColumnDimension> dimension) {}

  /** A column as a key, as written. */
  @Form(value = "an entity", shorthand = "type")
  public record ColumnEntity(
      @Key("How often a value occurs.") Located<Entity.Type> type,
      @Key("The entity's name; the column's by default.") Optional<Located<String>> name,
      @Key(value = "", inline = true) DocumentationDef documentation) {}

  /** A column as a dimension, as written. */
  @Form(value = "a dimension", shorthand = "type")
  public record ColumnDimension(
      @Key("A value as it is, or a point in time.") Located<DatasetDef.DimensionKind> type,
      @Key("The dimension's name; the column's by default.") Optional<Located<String>> name,
      @Key("Whether joins must also agree on it.") Optional<Located<Boolean>> isPartition,
      @Key("Which end of a row's validity it holds.") Optional<DatasetDef.ValidityParams> validityParams,
      @Key(value = "", inline = true) DocumentationDef documentation) {}

  /** What is no column of its own, as written. */
  @Form("derived_semantics")
  public record Derived(
      @Key("Keys made by expressions.") List<DatasetDef.EntityDef> entities,
      @Key("Dimensions made by expressions.") List<DerivedDimension> dimensions) {}

  /** A dimension made by an expression, as written. */
  @Form("a derived dimension")
  public record DerivedDimension(
      @Key(value = "", inline = true) DatasetDef.DimensionDef dimension,
      @Key("The grain of its values, where it is a time.") Optional<Located<String>> granularity,
      @Key("Which end of a row's validity it holds.") Optional<DatasetDef.ValidityParams> validityParams) {}

  /** What makes a model a calendar table, as written. */
  @Form("time_spine")
  public record TimeSpineBlock(
      @Key("The column with one row per period; it states its granularity.") Located<String> standardGranularityColumn,
      @Key("Columns with periods of your own.") List<ProjectConfigurationDef.CustomGranularity> customGranularities) {}
}
