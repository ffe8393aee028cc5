// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.model.NearestNames;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;

/** The dialects there are. */
public final class Dialects {
  private static final List<Dialect> ALL = List.of(new DuckDbDialect(), new PostgresDialect());

  private Dialects() {}

  public static Dialect named(String name) {
    return ALL.stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED, "no dialect is called '" + name + "'."
            + NearestNames.question(NearestNames.to(name, ALL.stream().map(Dialect::name).toList()))));
  }
}
