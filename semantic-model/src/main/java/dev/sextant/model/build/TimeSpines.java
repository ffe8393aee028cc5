// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.ProjectConfigurationDef;
import dev.sextant.model.yaml.def.ProjectConfigurationDef.OldTimeSpineDef;
import dev.sextant.model.yaml.def.ProjectConfigurationDef.TimeSpineDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds calendar tables; those in old words count only for grains that no new one has. */
final class TimeSpines {
  private final Scope scope;
  private final Sources sources;

  TimeSpines(Scope scope, Sources sources) {
    this.scope = scope;
    this.sources = sources;
  }

  List<TimeSpine> build(List<ProjectConfigurationDef> configurations, List<TimeSpineDef> others) {
    List<TimeSpine> spines = new ArrayList<>();
    others.forEach(def -> spine(def).ifPresent(spines::add));
    configurations.forEach(configuration -> configuration.timeSpines().forEach(def -> spine(def).ifPresent(spines::add)));
    List<TimeGrain> covered = spines.stream().map(TimeSpine::grain).toList();
    configurations.forEach(configuration -> configuration.timeSpineTableConfigurations()
        .forEach(def -> old(def).filter(spine -> !covered.contains(spine.grain())).ifPresent(spines::add)));
    return spines;
  }

  private Optional<TimeSpine> spine(TimeSpineDef def) {
    Located<String> column = def.primaryColumn().name();
    List<TimeSpine.CustomColumn> custom = def.customGranularities()
        .stream()
        .map(grain -> new TimeSpine.CustomColumn(Scope.name(grain.name()), grain.columnName().orElse(grain.name()).value()))
        .toList();
    return scope.standardGrain(def.primaryColumn().timeGranularity())
        .map(grain -> noted(def, new TimeSpine(sources.source(def.source(), column.position(), "a time spine"),
            scope.warehouse(def.source().warehouse()),
            column.value(), grain, custom)));
  }

  private TimeSpine noted(TimeSpineDef def, TimeSpine spine) {
    scope.places().put(spine, "grain", def.primaryColumn().timeGranularity().position());
    scope.places().put(spine, "custom", def.customGranularities().stream().map(ProjectConfigurationDef.CustomGranularity::name).toList());
    return spine;
  }

  private Optional<TimeSpine> old(OldTimeSpineDef def) {
    return scope.standardGrain(def.grain()).map(grain -> {
      TimeSpine spine = new TimeSpine(sources.table(def.location()), scope.warehouse(Optional.empty()), def.columnName().value(), grain,
          List.of());
      scope.places().put(spine, "grain", def.grain().position());
      return spine;
    });
  }
}
