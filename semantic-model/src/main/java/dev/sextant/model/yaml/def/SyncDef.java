// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.Sync;
import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.Named;
import java.util.List;
import java.util.Optional;

/** A sync, as written. */
@Form("a sync")
public record SyncDef(
    @Key("The sync's name.") Located<String> name,
    @Key("What is asked, in place of a saved query.") Optional<SavedQueryDef.QueryParams> query,
    @Key("The saved query that is asked.") Optional<Located<String>> savedQuery,
    @Key(value = "The columns that identify a row.", lone = true) List<Located<String>> key,
    @Key("The destination, as sextant.yml names it.") Located<String> destination,
    @Key("The destination's object, such as contacts.") Optional<Located<String>> object,
    @Key("The destination's field that finds the record.") Optional<Located<String>> match,
    @Key("The destination's fields and what fills them: a column, or {value: a constant}.") List<Named<FieldDef>> map,
    @Key("Which operations are sent; upsert by default.") Optional<Located<Sync.Mode>> mode,
    @Key("What happens to a row that leaves the query; nothing by default.") Optional<Located<Sync.OnLeave>> onLeave,
    @Key("When it runs.") Optional<ScheduleDef> schedule,
    @Key("What stops a run before anything is sent.") Optional<GuardDef> guard,
    @Key("Which edge of a row sends it, once.") Optional<TriggerDef> trigger,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** What fills a field, as written. */
  @Form(value = "a field", shorthand = "column")
  public record FieldDef(
      @Key("A column of the query.") Optional<Located<String>> column,
      @Key("A constant.") Optional<Located<String>> value) {}

  /** When a sync runs, as written. */
  @Form("a schedule")
  public record ScheduleDef(
      @Key("The definition after whose run it runs.") Optional<Located<String>> after,
      @Key("A cron expression.") Optional<Located<String>> cron,
      @Key("How often, such as 1h.") Optional<Located<String>> every) {}

  /** What stops a run, as written. */
  @Form("a guard")
  public record GuardDef(
      @Key("The largest share of rows that may be removed, such as 5%.") Optional<Located<String>> maxRemoved,
      @Key(value = "Fields that every row must fill.", lone = true) List<Located<String>> required) {}

  /** Which edge sends a row, as written. */
  @Form("a trigger")
  public record TriggerDef(
      @Key("enter or leave: the row comes into the query, or leaves it.") Optional<Located<Edge>> on,
      @Key("A metric that goes above or below a threshold.") Optional<Located<String>> crosses,
      @Key("The threshold that is exceeded.") Optional<Located<String>> above,
      @Key("The threshold that is undercut.") Optional<Located<String>> below) {}

  /** An edge, as written. */
  public enum Edge {
    ENTER, LEAVE
  }
}
