// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.ModelIssue;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import dev.sextant.model.yaml.def.DatasetDef;
import dev.sextant.model.yaml.def.DatasetDef.DimensionDef;
import dev.sextant.model.yaml.def.DatasetDef.EntityDef;
import dev.sextant.model.yaml.def.DatasetDef.TimeParams;
import dev.sextant.model.yaml.def.DbtModelDef;
import dev.sextant.model.yaml.def.DbtModelDef.Column;
import dev.sextant.model.yaml.def.DbtModelDef.Derived;
import dev.sextant.model.yaml.def.DbtModelDef.DerivedDimension;
import dev.sextant.model.yaml.def.DbtModelDef.SemanticBlock;
import dev.sextant.model.yaml.def.ProjectConfigurationDef.PrimaryColumn;
import dev.sextant.model.yaml.def.ProjectConfigurationDef.TimeSpineDef;
import dev.sextant.model.yaml.def.SourceDef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads dbt models whose columns say what they mean as the semantic models they stand for. */
final class DbtModels {
  private final Scope scope;

  DbtModels(Scope scope) {
    this.scope = scope;
  }

  static boolean isSemantic(DbtModelDef model) {
    boolean named = model.semanticModel().isPresent();
    boolean off = model.semanticModel().flatMap(SemanticBlock::enabled).filter(enabled -> !enabled.value()).isPresent()
        || model.semanticModel().flatMap(SemanticBlock::config).flatMap(config -> config.enabled()).filter(on -> !on.value()).isPresent()
        || model.documentation().isDisabled();
    return named && !off;
  }

  void checkMetricsHaveAHome(DbtModelDef model) {
    if (model.semanticModel().isEmpty() && !model.metrics().isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, model.name().position(),
              "dbt model '" + model.name().value() + "' has metrics, so it needs semantic_model: {enabled: true}");
    }
  }

  /** The name of the semantic model a dbt model stands for. */
  static Located<String> name(DbtModelDef model) {
    return model.semanticModel().flatMap(SemanticBlock::name).orElse(model.name());
  }

  DatasetDef dataset(DbtModelDef model) {
    List<EntityDef> entities = Stream.concat(model.columns().stream().flatMap(column -> entity(column).stream()),
        model.derivedSemantics().map(Derived::entities).orElse(List.of()).stream()).toList();
    List<DimensionDef> dimensions = Stream.concat(model.columns().stream().flatMap(column -> dimension(column).stream()),
        model.derivedSemantics().map(Derived::dimensions).orElse(List.of()).stream().map(DbtModels::dimension)).toList();
    return new DatasetDef(name(model), table(model), model.aggTimeDimension().map(time -> new DatasetDef.Defaults(Optional.of(time))),
        model.primaryEntity(), Optional.empty(), entities, dimensions, List.of(), model.documentation());
  }

  private static SourceDef table(DbtModelDef model) {
    return new SourceDef(Optional.empty(), Optional.of(model.name()), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Optional<EntityDef> entity(Column column) {
    return column.entity()
        .map(entity -> new EntityDef(entity.name().orElse(column.name()), entity.type(), List.of(column.name()), Optional.empty(),
            YamlNode.NOTHING, YamlNode.NOTHING, entity.documentation().describedBy(column.description())));
  }

  private static Optional<DimensionDef> dimension(Column column) {
    return column.dimension()
        .map(dimension -> new DimensionDef(dimension.name().orElse(column.name()), dimension.type(), Optional.of(column.name()),
            dimension.isPartition(), Optional.of(new TimeParams(column.granularity(), dimension.validityParams(), YamlNode.NOTHING)),
            dimension.documentation().describedBy(column.description())));
  }

  private static DimensionDef dimension(DerivedDimension derived) {
    DimensionDef written = derived.dimension();
    Optional<TimeParams> params = written.typeParams()
        .or(() -> Optional.of(new TimeParams(derived.granularity(), derived.validityParams(), YamlNode.NOTHING)));
    return new DimensionDef(written.name(), written.type(), written.expr(), written.isPartition(), params, written.documentation());
  }

  /** The calendar table a dbt model is, where it is one. */
  Optional<TimeSpineDef> timeSpine(DbtModelDef model) {
    return model.timeSpine().flatMap(block -> {
      Located<String> name = block.standardGranularityColumn();
      Optional<Located<String>> grain = model.columns()
          .stream()
          .filter(column -> column.name().value().equals(name.value()))
          .findFirst()
          .flatMap(Column::granularity);
      if (grain.isEmpty()) {
        scope.issues()
            .add(ModelIssue.MISSING_KEY, name.position(),
                "the column '" + name.value() + "' of time spine '" + model.name().value() + "' needs the key 'granularity'");
      }
      return grain.map(found -> new TimeSpineDef(table(model), new PrimaryColumn(name, found), block.customGranularities()));
    });
  }
}
