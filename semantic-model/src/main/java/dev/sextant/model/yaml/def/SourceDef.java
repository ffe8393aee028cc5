// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.util.Optional;

/** Where rows come from, as written: one of the four. */
@Form("a source")
public record SourceDef(
    @Key("The table, in dbt's words.") Optional<NodeRelation> nodeRelation,
    @Key("The table: name, schema.name or database.schema.name.") Optional<Located<String>> table,
    @Key("A query in the warehouse's own SQL.") Optional<Located<String>> sql,
    @Key("The dbt model: ref('name').") Optional<Located<String>> model,
    @Key("The warehouse it is in; the project's first by default.") Optional<Located<String>> warehouse) {

  /** A table in dbt's words. */
  @Form("node_relation")
  public record NodeRelation(
      @Key("The table's name.") Located<String> alias,
      @Key(value = "The table's schema.", also = "schema") Optional<Located<String>> schemaName,
      @Key("The table's database.") Optional<Located<String>> database,
      @Key("") YamlNode relationName) {}
}
