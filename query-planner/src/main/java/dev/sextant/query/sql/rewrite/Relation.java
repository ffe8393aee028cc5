// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.sql.table.MeasureShape;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What FROM offers under a name: columns, and the semantic table they come from where they come straight from one. */
record Relation(String alias, List<OutColumn> columns, Optional<TableUse> use) {

  /** A column of a relation, and the measure it carries, if any. */
  record OutColumn(String name, Optional<Carried> measure) {
    static OutColumn plain(String name) {
      return new OutColumn(name, Optional.empty());
    }
  }

  /**
   * A measure on its way up through sub-queries that do not group: which columns hold the row values its aggregates take. Without a shape it can
   * be evaluated only right where its table is read.
   */
  record Carried(SemanticTable.MetricColumn metric, Optional<MeasureShape> shape, List<String> leafColumns) {}

  Relation {
    columns = List.copyOf(columns);
  }

  Optional<OutColumn> column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(() -> columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst());
  }

  boolean isNamed(String name) {
    return alias.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }
}
