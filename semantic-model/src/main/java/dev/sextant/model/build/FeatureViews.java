// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.Grain;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.FeatureViewDef;
import dev.sextant.model.yaml.def.FeatureViewDef.FeatureDef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds feature views and names their features: {@code revenue_30d}. */
final class FeatureViews {
  private final Scope scope;
  private final SavedQueries queries;

  FeatureViews(Scope scope, SavedQueries queries) {
    this.scope = scope;
    this.queries = queries;
  }

  FeatureView build(FeatureViewDef def) {
    List<String> entities = Scope.names(def.entity());
    if (entities.isEmpty()) {
      scope.issues().add(ModelIssue.MISSING_KEY, def.name().position(), "feature view '" + def.name().value() + "' needs the key 'entity'");
    }
    List<Feature> features = def.features().stream().flatMap(feature -> feature(def, entities, feature).stream()).toList();
    FeatureView view = new FeatureView(Scope.name(def.name()), entities, features, def.maxAge().map(Located::value),
        def.online()
            .map(online -> new FeatureView.Online(online.store().value(), online.schedule().map(Located::value),
                online.lookback().map(Located::value))),
        Documentations.of(def.documentation()), def.name().position());
    scope.places().put(view, "entity", def.entity());
    def.maxAge().ifPresent(written -> scope.places().put(view, "max_age", written.position()));
    def.online().ifPresent(online -> {
      scope.places().put(view, "store", online.store().position());
      online.lookback().ifPresent(written -> scope.places().put(view, "lookback", written.position()));
    });
    return view;
  }

  private Optional<Feature> feature(FeatureViewDef view, List<String> entities, FeatureDef def) {
    List<Located<String>> given = Stream.of(def.metric(), def.dimension(), def.expr()).flatMap(Optional::stream).toList();
    if (given.size() != 1) {
      Position at = given.isEmpty() ? def.name().orElse(view.name()).position() : given.get(1).position();
      scope.issues()
          .add(given.isEmpty() ? ModelIssue.MISSING_KEY : ModelIssue.CONFLICTING_KEYS, at,
              "a feature has exactly one of metric, dimension and expr");
      return Optional.empty();
    }
    return def.metric()
        .map(metric -> ofMetric(def, metric))
        .or(() -> def.dimension().map(dimension -> ofDimension(entities, def, dimension)))
        .orElseGet(() -> def.expr().flatMap(expr -> ofExpr(def, expr)));
  }

  private Optional<Feature> ofMetric(FeatureDef def, Located<String> metric) {
    if (def.window().isEmpty()) {
      scope.issues()
          .add(ModelIssue.MISSING_KEY, metric.position(), "the feature of metric '" + metric.value() + "' needs the key 'window'");
    }
    return scope.window(def.window())
        .map(window -> noted(metric, new Feature.OfMetric(
            def.name().map(Scope::name).orElseGet(() -> Scope.name(metric) + "_" + suffix(window)), Scope.name(metric), window)));
  }

  private Optional<Feature> ofDimension(List<String> entities, FeatureDef def, Located<String> dimension) {
    return queries.item(dimension)
        .map(item -> noted(dimension, new Feature.OfDimension(def.name().map(Scope::name).orElseGet(() -> local(entities, item)), item)));
  }

  private Feature noted(Located<String> written, Feature feature) {
    scope.places().put(feature, "feature", written.position());
    return feature;
  }

  private static String local(List<String> entities, String item) {
    return entities.stream()
        .map(entity -> entity + "__")
        .filter(item::startsWith)
        .findFirst()
        .map(prefix -> item.substring(prefix.length()))
        .orElse(item);
  }

  private Optional<Feature> ofExpr(FeatureDef def, Located<String> expr) {
    if (def.name().isEmpty()) {
      scope.issues().add(ModelIssue.MISSING_KEY, expr.position(), "a feature with an expression needs the key 'name'");
    }
    return def.name().map(name -> noted(name, new Feature.OfExpr(Scope.name(name), scope.exprs().ofNames(expr))));
  }

  private static String suffix(TimeWindow window) {
    return window.count() + unit(window.grain());
  }

  private static String unit(Grain grain) {
    return grain instanceof TimeGrain standard ? switch (standard) {
      case NANOSECOND -> "ns";
      case MICROSECOND -> "us";
      case MILLISECOND -> "ms";
      case SECOND -> "s";
      case MINUTE -> "min";
      case HOUR -> "h";
      case DAY -> "d";
      case WEEK -> "w";
      case MONTH -> "mo";
      case QUARTER -> "q";
      case YEAR -> "y";
    } : "_" + grain.label();
  }
}
