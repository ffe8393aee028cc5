// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** dbt's project configuration, as written. */
@Form("project_configuration")
public record ProjectConfigurationDef(
    @Key("Calendar tables, one per grain.") List<TimeSpineDef> timeSpines,
    @Key("Calendar tables in dbt's old words.") List<OldTimeSpineDef> timeSpineTableConfigurations,
    @Key("") YamlNode metadata,
    @Key("") YamlNode dsiPackageVersion,
    @Key("") YamlNode name) {

  /** A calendar table, as written. */
  @Form("a time spine")
  public record TimeSpineDef(
      @Key(value = "", inline = true) SourceDef source,
      @Key("The column with one row per period.") PrimaryColumn primaryColumn,
      @Key("Columns with periods of your own.") List<CustomGranularity> customGranularities) {}

  /** A calendar table's time column, as written. */
  @Form("primary_column")
  public record PrimaryColumn(
      @Key("The column.") Located<String> name,
      @Key("The grain its values have.") Located<String> timeGranularity) {}

  /** A grain of the project's own, as written. */
  @Form("a custom granularity")
  public record CustomGranularity(
      @Key("The grain's name.") Located<String> name,
      @Key("The column that holds its periods; the name by default.") Optional<Located<String>> columnName,
      @Key("") YamlNode description,
      @Key("") YamlNode label) {}

  /** A calendar table in old words, as written. */
  @Form("a time spine table configuration")
  public record OldTimeSpineDef(
      @Key("The table, with its schema.") Located<String> location,
      @Key("The column with one row per period.") Located<String> columnName,
      @Key("The grain its values have.") Located<String> grain) {}
}
