// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Rollup;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.RollupDef;
import dev.sextant.model.yaml.def.RollupDef.RefreshDef;

/** Builds rollups. */
final class Rollups {
  private final Scope scope;
  private final SavedQueries queries;

  Rollups(Scope scope, SavedQueries queries) {
    this.scope = scope;
    this.queries = queries;
  }

  Rollup build(RollupDef def) {
    Rollup.Refresh refresh = new Rollup.Refresh(def.refresh().flatMap(RefreshDef::every).map(Located::value),
        def.refresh().flatMap(RefreshDef::lookback).map(Located::value), def.refresh().flatMap(RefreshDef::after).map(Located::value));
    Rollup rollup = new Rollup(Scope.name(def.name()), queries.items(def.metrics()), queries.items(def.dimensions()),
        scope.grain(def.grain()),
        scope.exprs().filters(def.where()), scope.grain(def.partitionBy()), refresh,
        def.store().map(Located::value).orElse(Rollup.Store.WAREHOUSE), Scope.isTrue(def.approximate()),
        Documentations.of(def.documentation()), def.name().position());
    queries.note(rollup, "metrics", def.metrics());
    queries.note(rollup, "dimensions", def.dimensions());
    def.approximate().ifPresent(written -> scope.places().put(rollup, "approximate", written.position()));
    def.partitionBy().ifPresent(written -> scope.places().put(rollup, "partition_by", written.position()));
    def.refresh().flatMap(RefreshDef::every).ifPresent(written -> scope.places().put(rollup, "every", written.position()));
    def.refresh().flatMap(RefreshDef::lookback).ifPresent(written -> scope.places().put(rollup, "lookback", written.position()));
    def.refresh().flatMap(RefreshDef::after).ifPresent(written -> scope.places().put(rollup, "after", written.position()));
    return rollup;
  }
}
