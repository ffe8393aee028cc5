// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.List;
import java.util.Optional;

/** A view, as written. */
@Form("a view")
public record ViewDef(
    @Key("The view's name: a table for SQL, a type for GraphQL.") Located<String> name,
    @Key(value = "Its metrics.", lone = true) List<ColumnDef> metrics,
    @Key(value = "Its dimensions; '*' for all that every metric can be grouped by.", lone = true) List<ColumnDef> dimensions,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** A column of a view, as written. */
  @Form(value = "a column", shorthand = "name")
  public record ColumnDef(
      @Key("The column's name.") Located<String> name,
      @Key("The metric or group-by item it stands for; the name by default.") Optional<Located<String>> of) {}
}
