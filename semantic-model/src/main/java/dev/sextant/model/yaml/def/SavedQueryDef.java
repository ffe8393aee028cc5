// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.SavedQuery;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** A saved query, as written. */
@Form("a saved query")
public record SavedQueryDef(
    @Key("The query's name.") Located<String> name,
    @Key("What is asked.") QueryParams queryParams,
    @Key("Where its rows are written.") List<ExportDef> exports,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** What is asked, as written. */
  @Form("query_params")
  public record QueryParams(
      @Key(value = "The metrics.", lone = true) List<Located<String>> metrics,
      @Key(value = "What they are grouped by.", lone = true) List<Located<String>> groupBy,
      @Key(value = "Conditions on rows.", lone = true) List<FilterDef> where,
      @Key(value = "What rows are ordered by; a minus in front, or .descending(True), for descending.", lone = true) List<
          Located<String>> orderBy,
      @Key("How many rows at most.") Optional<Located<Long>> limit) {}

  /** Where rows are written, as written. */
  @Form("an export")
  public record ExportDef(
      @Key("The export's name.") Located<String> name,
      @Key("Where to.") ExportConfig config,
      @Key("When it is written.") Optional<SyncDef.ScheduleDef> schedule,
      @Key("") YamlNode unrenderedConfig) {}

  /** Where an export's rows go, as written. */
  @Form("an export's config")
  public record ExportConfig(
      @Key("What is made.") Optional<Located<SavedQuery.ExportKind>> exportAs,
      @Key(value = "The schema it is made in.", also = "schema_name") Optional<Located<String>> schema,
      @Key("Its name; the export's by default.") Optional<Located<String>> alias,
      @Key("") YamlNode database) {}
}
