// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.NearestNames;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** The relations a block's expressions see, and the blocks around it. */
record Scope(List<Relation> relations, Map<String, Relation> ctes, Optional<Scope> outer) {

  Scope {
    relations = List.copyOf(relations);
  }

  /** A column and the relation it belongs to. */
  record Found(Relation relation, Relation.OutColumn column) {}

  /** Finds a column here or further out; nothing where no relation has it; throws where several have. */
  Optional<Found> find(SqlIdentifier name, Rewriting context) {
    List<String> parts = name.names;
    String column = parts.getLast();
    List<Found> found = new ArrayList<>();
    relations.stream()
        .filter(relation -> relation.offers(parts) && relation.hasTwice(column))
        .findFirst()
        .ifPresent(relation -> {
          throw Problem.at(QueryIssue.UNKNOWN_COLUMN, context.at(name), "'" + column + "' is ambiguous: '" + relation.alias()
              + "' has several columns of the name. Give them names of their own.");
        });
    for (Relation relation : relations) {
      if (relation.offers(parts)) {
        relation.column(column).ifPresent(one -> found.add(new Found(relation, one)));
      }
    }
    if (found.size() > 1) {
      throw Problem.at(QueryIssue.UNKNOWN_COLUMN, context.at(name), "'" + column + "' is ambiguous: "
          + String.join(" and ", found.stream().map(one -> "'" + one.relation().alias() + "'").toList())
          + " have it. Name one of them before it.");
    }
    return found.isEmpty() ? outer.flatMap(scope -> scope.find(name, context)) : Optional.of(found.getFirst());
  }

  /** Finds a column of this block's own relations. */
  Optional<Found> findOwn(SqlIdentifier name, Rewriting context) {
    return new Scope(relations, ctes, Optional.empty()).find(name, context);
  }

  RuntimeException unknown(SqlIdentifier name, Rewriting context) {
    List<String> known = relations.stream()
        .flatMap(relation -> relation.columns().stream())
        .map(Relation.OutColumn::name)
        .filter(column -> !column.contains("#"))
        .toList();
    List<String> near = NearestNames.to(name.names.getLast(), known);
    return Problem.at(QueryIssue.UNKNOWN_COLUMN, context.at(name), "column '" + String.join(".", name.names) + "' is not in "
        + (relations.isEmpty() ? "scope: the block has no FROM."
            : String.join(", ", relations.stream().map(relation -> "'" + relation.alias() + "'").toList()) + ".")
        + NearestNames.question(near), near);
  }

  /** Finds a common table expression by name. */
  Optional<Relation> cte(String name) {
    return Optional.ofNullable(ctes.get(name.toLowerCase(Locale.ROOT)));
  }
}
