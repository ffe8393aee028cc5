// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** A training set, as written. */
@Form("a training set")
public record TrainingSetDef(
    @Key("The training set's name.") Located<String> name,
    @Key("The rows to find features for.") SpineDef spine,
    @Key(value = "Feature views, or single features as view:feature.", lone = true) List<Located<String>> features,
    @Key("How rows are split.") Optional<SplitDef> split,
    @Key("What must hold before anything is published: names, or names with settings.") YamlNode checks,
    @Key("The file format; parquet by default.") Optional<Located<String>> format,
    @Key("When it is exported; by hand by default.") Optional<SyncDef.ScheduleDef> schedule,
    @Key("When features as of now are compared with the newest export; by hand by default.") Optional<SyncDef.ScheduleDef> drift,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** The rows to find features for, as written. */
  @Form("a spine")
  public record SpineDef(
      @Key(value = "", inline = true) SourceDef source,
      @Key(value = "The columns that hold the entities' keys, named after the entities.", also = "entities", lone = true) List<
          Located<String>> entity,
      @Key("The column that holds the instant.") Located<String> at,
      @Key("The column that holds the label.") Optional<Located<String>> label) {}

  /** How rows are split, as written. */
  @Form(value = "a split", open = true)
  public record SplitDef(
      @Key("time or random.") Located<String> by,
      @Key("The last day of the training rows.") Optional<Located<String>> trainUntil,
      @Key("The last day of the validation rows; later rows are for testing.") Optional<Located<String>> validateUntil,
      @Key(value = "Shares and the seed of a random split.", rest = true) YamlNode settings) {}
}
