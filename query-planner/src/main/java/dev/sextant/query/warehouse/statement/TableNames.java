// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.QueryIssue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How tables are named in statements and in errors. */
public final class TableNames {

  private TableNames() {}

  public static String quoted(Source.Table table) {
    return Stream.of(table.database().stream(), table.schema().stream(), Stream.of(table.name()))
        .flatMap(part -> part)
        .map(part -> '"' + part.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining("."));
  }

  /** The table is not among {@code names}; suggests the same name in another schema, then names that are near. */
  public static SextantException missing(Source.Table table, String warehouse, List<String> names) {
    Stream<String> elsewhere = names.stream().filter(name -> name.equalsIgnoreCase(table.name()) || name.endsWith("." + table.name()));
    List<String> near = Stream.concat(elsewhere, NearestNames.to(table.toString(), names).stream())
        .filter(name -> !name.equals(table.toString()))
        .distinct()
        .limit(3)
        .toList();
    return new SextantException(new Issue(QueryIssue.WAREHOUSE_SCHEMA,
        "table '" + table + "' is not in warehouse '" + warehouse + "'." + NearestNames.question(near), Position.NOWHERE, near));
  }
}
