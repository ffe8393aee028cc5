// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SextantException;
import dev.sextant.model.expr.QueryItems;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.DocumentationDef;
import dev.sextant.model.yaml.def.SavedQueryDef;
import dev.sextant.model.yaml.def.SavedQueryDef.ExportDef;
import dev.sextant.model.yaml.def.SavedQueryDef.QueryParams;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Builds saved queries; their items become plain query names. */
final class SavedQueries {
  private final Scope scope;

  SavedQueries(Scope scope) {
    this.scope = scope;
  }

  SavedQuery build(SavedQueryDef def) {
    SavedQuery query = query(Scope.name(def.name()), def.queryParams(), def.documentation(), def.name().position());
    SavedQuery built = new SavedQuery(query.name(), query.metrics(), query.groupBy(), query.where(), query.orderBy(), query.limit(),
        def.exports().stream().map(SavedQueries::export).toList(), query.documentation(), query.position());
    note(built, def.queryParams());
    return built;
  }

  SavedQuery query(String name, QueryParams params, DocumentationDef documentation, Position position) {
    SavedQuery query = new SavedQuery(name, items(params.metrics()), items(params.groupBy()), scope.exprs().filters(params.where()),
        items(params.orderBy()), limit(params.limit()), List.of(), Documentations.of(documentation), position);
    note(query, params);
    return query;
  }

  private void note(SavedQuery query, QueryParams params) {
    note(query, "metrics", params.metrics());
    note(query, "group_by", params.groupBy());
    note(query, "order_by", params.orderBy());
  }

  /** Remembers where items stand, under their plain names. */
  void note(Object owner, String key, List<Located<String>> written) {
    written.forEach(item -> plainName(item).ifPresent(name -> scope.places().put(owner, key + "." + name, item.position())));
  }

  List<String> items(List<Located<String>> written) {
    return written.stream().flatMap(item -> item(item).stream()).toList();
  }

  Optional<String> item(Located<String> written) {
    try {
      return Optional.of(QueryItems.plainName(written.value(), written.scalar()::place));
    } catch (SextantException e) {
      scope.issues().add(e.issue());
      return Optional.empty();
    }
  }

  private static Optional<String> plainName(Located<String> written) {
    try {
      return Optional.of(QueryItems.plainName(written.value(), Position.NOWHERE));
    } catch (SextantException e) {
      return Optional.empty();
    }
  }

  private OptionalLong limit(Optional<Located<Long>> written) {
    written.filter(limit -> limit.value() < 0)
        .ifPresent(
            limit -> scope.issues().add(ModelIssue.INVALID_VALUE, limit.position(), "a limit is 0 or more rows, not " + limit.value()));
    return written.map(limit -> OptionalLong.of(limit.value())).orElse(OptionalLong.empty());
  }

  private static SavedQuery.Export export(ExportDef def) {
    return new SavedQuery.Export(def.name().value(), def.config().exportAs().map(Located::value).orElse(SavedQuery.ExportKind.TABLE),
        def.config().schema().map(Located::value).orElse(""), def.config().alias().map(Located::value).orElse(def.name().value()),
        Syncs.schedule(def.schedule()));
  }
}
