// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.View;
import dev.sextant.model.yaml.def.ViewDef;
import dev.sextant.model.yaml.def.ViewDef.ColumnDef;
import java.util.List;
import java.util.Optional;

/** Builds views. */
final class Views {
  private static final String ALL = "*";

  private final SavedQueries queries;

  Views(SavedQueries queries) {
    this.queries = queries;
  }

  View build(ViewDef def) {
    boolean all = def.dimensions().stream().anyMatch(column -> column.name().value().equals(ALL));
    return new View(Scope.name(def.name()), columns(def.metrics()), columns(def.dimensions()), all, Documentations.of(def.documentation()),
        def.name().position());
  }

  private List<View.Column> columns(List<ColumnDef> written) {
    return written.stream().filter(column -> !column.name().value().equals(ALL)).flatMap(column -> column(column).stream()).toList();
  }

  private Optional<View.Column> column(ColumnDef written) {
    return queries.item(written.of().orElse(written.name()))
        .map(of -> new View.Column(
            written.of().isPresent() ? Scope.name(written.name()) : of, of, written.name().position()));
  }
}
