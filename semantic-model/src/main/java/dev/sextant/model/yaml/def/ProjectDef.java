// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.Named;
import dev.sextant.model.yaml.YamlNode;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.List;
import java.util.Optional;

/** A project's {@code sextant.yml}, as written. Other sections are settings of the server's parts. */
@Form(value = "sextant.yml", open = true)
public record ProjectDef(
    @Key("The project's name; the folder's by default.") Optional<Located<String>> name,
    @Key("The time zone of days; UTC by default.") Optional<Located<String>> timeZone,
    @Key("The first day of a week; monday by default.") Optional<Located<DayOfWeek>> weekStarts,
    @Key("The first month of a year; january by default.") Optional<Located<Month>> yearStarts,
    @Key("Where data is; the first is the default.") List<Named<WarehouseDef>> warehouses,
    @Key("Where syncs deliver to.") List<Named<DestinationDef>> destinations,
    @Key(value = "The settings of the server's parts: state, cache, server and others.", rest = true) YamlNode settings) {

  /** A warehouse, as written; its other keys are its own settings. */
  @Form(value = "a warehouse", open = true)
  public record WarehouseDef(
      @Key("What kind of warehouse it is, such as duckdb.") Located<String> type,
      @Key(value = "Statements, or paths of .sql files, that every start runs.", lone = true) List<Located<String>> init,
      @Key(value = "The settings of its kind.", rest = true) YamlNode options) {}

  /** A destination, as written; its other keys are its own settings. */
  @Form(value = "a destination", open = true)
  public record DestinationDef(
      @Key("What kind of destination it is, such as webhook.") Located<String> type,
      @Key(value = "The settings of its kind.", rest = true) YamlNode options) {}
}
