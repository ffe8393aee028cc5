// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.DatasetDef;
import dev.sextant.model.yaml.def.DatasetDef.DimensionDef;
import dev.sextant.model.yaml.def.DatasetDef.EntityDef;
import dev.sextant.model.yaml.def.DatasetDef.TimeParams;
import dev.sextant.model.yaml.def.DatasetDef.ValidityParams;
import java.util.List;
import java.util.Optional;

/** Builds datasets. */
final class DatasetBuilder {
  private final Scope scope;
  private final Sources sources;
  private final MeasureBuilder measures;

  DatasetBuilder(Scope scope, Sources sources, MeasureBuilder measures) {
    this.scope = scope;
    this.sources = sources;
    this.measures = measures;
  }

  Dataset build(DatasetDef def) {
    String name = Scope.name(def.name());
    Optional<String> time = def.defaults().flatMap(DatasetDef.Defaults::aggTimeDimension).map(Scope::name);
    List<Entity> entities = def.entities().stream().filter(entity -> !entity.documentation().isDisabled()).map(this::entity).toList();
    List<Measure> built = def.measures()
        .stream()
        .filter(measure -> !measure.documentation().isDisabled())
        .flatMap(measure -> measures.build(name, time, measure).stream())
        .toList();
    List<Dimension> dimensions = def.dimensions()
        .stream()
        .filter(dimension -> !dimension.documentation().isDisabled())
        .flatMap(dimension -> dimension(dimension).stream())
        .toList();
    Dataset dataset = new Dataset(name, sources.source(def.source(), def.name().position(), "semantic model '" + name + "'"),
        scope.warehouse(def.source().warehouse()), primaryEntity(def, entities), time, entities, dimensions, built,
        def.createdTime().map(Located::value), Documentations.of(def.documentation()), def.name().position());
    def.defaults()
        .flatMap(DatasetDef.Defaults::aggTimeDimension)
        .ifPresent(written -> scope.places().put(dataset, "agg_time_dimension", written.position()));
    def.primaryEntity().ifPresent(written -> scope.places().put(dataset, "primary_entity", written.position()));
    return dataset;
  }

  private static Optional<String> primaryEntity(DatasetDef def, List<Entity> entities) {
    return entities.stream()
        .filter(entity -> entity.type() == Entity.Type.PRIMARY)
        .map(Entity::name)
        .findFirst()
        .or(() -> def.primaryEntity().map(Scope::name));
  }

  private Entity entity(EntityDef def) {
    List<Expr> keys = def.expr().isEmpty()
        ? List.of(new Expr.Column(def.name().value().strip()))
        : def.expr().stream().map(scope.exprs()::ofColumns).toList();
    Entity entity = new Entity(Scope.name(def.name()), def.type().value(), keys, def.of().map(Scope::name),
        Documentations.of(def.documentation()), def.name().position());
    def.of().ifPresent(written -> scope.places().put(entity, "of", written.position()));
    return entity;
  }

  private Optional<Dimension> dimension(DimensionDef def) {
    Expr expr = def.expr().map(scope.exprs()::ofColumns).orElseGet(() -> new Expr.Column(def.name().value().strip()));
    return switch (def.type().value()) {
      case CATEGORICAL -> Optional.of(new Dimension.Categorical(Scope.name(def.name()), expr, Scope.isTrue(def.isPartition()),
          Documentations.of(def.documentation()), def.name().position()));
      case TIME -> grain(def).map(grain -> new Dimension.Time(Scope.name(def.name()), expr, grain, Scope.isTrue(def.isPartition()),
          validity(def), Documentations.of(def.documentation()), def.name().position()));
    };
  }

  private Optional<TimeGrain> grain(DimensionDef def) {
    Optional<Located<String>> written = def.typeParams().flatMap(TimeParams::timeGranularity);
    if (written.isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, def.name().position(),
              "time dimension '" + def.name().value() + "' needs type_params: {time_granularity: ..}");
    }
    return written.flatMap(scope::standardGrain);
  }

  private Optional<Dimension.Validity> validity(DimensionDef def) {
    Optional<ValidityParams> params = def.typeParams().flatMap(TimeParams::validityParams);
    boolean start = params.filter(some -> Scope.isTrue(some.isStart())).isPresent();
    boolean end = params.filter(some -> Scope.isTrue(some.isEnd())).isPresent();
    if (start && end) {
      scope.issues()
          .add(ModelIssue.INVALID_VALIDITY, def.name().position(),
              "time dimension '" + def.name().value() + "' is the start or the end of a row's validity, not both");
    }
    return start ? Optional.of(Dimension.Validity.START) : end ? Optional.of(Dimension.Validity.END) : Optional.empty();
  }
}
