// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Conditions, as written: a text, or what dbt compiles it to. */
@Form(value = "a filter", shorthand = "where_sql_template")
public record FilterDef(
    @Key("The condition.") Optional<Located<String>> whereSqlTemplate,
    @Key("Conditions that must all hold.") List<FilterDef> whereFilters) {

  /** All conditions in it. */
  public Stream<Located<String>> conditions() {
    return Stream.concat(whereSqlTemplate.stream(), whereFilters.stream().flatMap(FilterDef::conditions));
  }
}
