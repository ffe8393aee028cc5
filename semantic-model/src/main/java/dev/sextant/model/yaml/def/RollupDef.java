// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.Rollup;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.List;
import java.util.Optional;

/** A rollup, as written. */
@Form("a rollup")
public record RollupDef(
    @Key("The rollup's name.") Located<String> name,
    @Key(value = "The metrics it can answer.", lone = true) List<Located<String>> metrics,
    @Key(value = "The group-by items it keeps, besides metric_time.", lone = true) List<Located<String>> dimensions,
    @Key("The grain of metric_time it keeps; no time at all where missing.") Optional<Located<String>> grain,
    @Key(value = "Conditions on rows; it answers queries that imply them.", lone = true, also = "filter") List<FilterDef> where,
    @Key("The period that is built as a whole, such as month.") Optional<Located<String>> partitionBy,
    @Key("When it is built.") Optional<RefreshDef> refresh,
    @Key("Where its rows are kept.") Optional<Located<Rollup.Store>> store,
    @Key("Whether distinct counts and percentiles are kept as sketches too, for estimates.") Optional<Located<Boolean>> approximate,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** When a rollup is built, as written. */
  @Form(value = "refresh", shorthand = "every")
  public record RefreshDef(
      @Key("How often, such as 1h.") Optional<Located<String>> every,
      @Key("How far back late rows are looked for, such as 3 days.") Optional<Located<String>> lookback,
      @Key("The definition after whose run it is built.") Optional<Located<String>> after) {}
}
