// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SextantException;
import dev.sextant.model.expr.QueryItems;
import dev.sextant.model.yaml.DocumentationDef;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.SavedQueryDef;
import dev.sextant.model.yaml.SavedQueryDef.ExportDef;
import dev.sextant.model.yaml.SavedQueryDef.QueryParams;
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
    return new SavedQuery(query.name(), query.metrics(), query.groupBy(), query.where(), query.orderBy(), query.limit(),
        def.exports().stream().map(SavedQueries::export).toList(), query.documentation(), query.position());
  }

  SavedQuery query(String name, QueryParams params, DocumentationDef documentation, Position position) {
    return new SavedQuery(name, items(params.metrics()), items(params.groupBy()), scope.exprs().filters(params.where()),
        items(params.orderBy()), limit(params.limit()), List.of(), Documentations.of(documentation), position);
  }

  List<String> items(List<Located<String>> written) {
    return written.stream().flatMap(item -> item(item).stream()).toList();
  }

  Optional<String> item(Located<String> written) {
    try {
      return Optional.of(QueryItems.plainName(written.value(), written.scalar().place(0)));
    } catch (SextantException e) {
      scope.issues().add(e.issue());
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
        def.config().schema().map(Located::value).orElse(""), def.config().alias().map(Located::value).orElse(def.name().value()));
  }
}
