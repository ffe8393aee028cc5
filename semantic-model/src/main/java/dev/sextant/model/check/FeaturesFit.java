// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureService;
import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.TrainingSet;
import dev.sextant.model.build.Draft;
import dev.sextant.model.build.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Features can be made for their entity, and training sets name features that exist and can be found for their rows. */
final class FeaturesFit implements ModelCheck {
  private static final List<String> FORMATS = List.of("parquet", "arrow");
  private static final List<String> CHECKS = List.of("no_leakage", "temporal_order", "class_balance", "not_null", "range", "min_rows");
  private static final List<String> STORES = List.of("local", "redis");

  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    draft.model().definitions().featureViews().forEach(view -> check(draft, names, view, issues));
    draft.model().definitions().featureServices().forEach(service -> check(draft, service, issues));
    draft.model().definitions().trainingSets().forEach(set -> check(draft, set, issues));
  }

  private static void check(Draft draft, QueryNames names, FeatureView view, Issues issues) {
    for (String entity : view.entities()) {
      if (draft.model().joins().holders(entity).isEmpty()) {
        issues.unknown(ModelIssue.UNKNOWN_ENTITY, draft.places().of(view, "entity." + entity, view.position()),
            "entity '" + entity + "' is not defined.", entity, entities(draft));
      }
    }
    if (view.features().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, view.position(), "feature view '" + view.name() + "' needs the key 'features'");
    }
    view.maxAge().ifPresent(text -> Lengths.check(text, draft.places().of(view, "max_age", view.position()), issues));
    view.online().ifPresent(online -> check(draft, view, online, issues));
    List<String> before = new ArrayList<>(view.features().stream().filter(feature -> !isExpr(feature)).map(Feature::name).toList());
    List<String> seen = new ArrayList<>();
    for (Feature feature : view.features()) {
      Position at = draft.places().of(feature, "feature", view.position());
      if (seen.contains(feature.name())) {
        issues.add(ModelIssue.DUPLICATE_NAME, at, "feature '" + feature.name() + "' is defined twice; give one another name");
      }
      seen.add(feature.name());
      check(draft, names, view, feature, before, at, issues);
    }
  }

  private static void check(Draft draft, FeatureView view, FeatureView.Online online, Issues issues) {
    online.lookback().ifPresent(text -> Lengths.check(text, draft.places().of(view, "lookback", view.position()), issues));
    if (!STORES.contains(online.store())) {
      issues.unknown(ModelIssue.INVALID_VALUE, draft.places().of(view, "store", view.position()),
          "there is no online store '" + online.store() + "'; stores are " + String.join(" and ", STORES) + ".", online.store(), STORES);
    }
  }

  private static List<String> entities(Draft draft) {
    return draft.model()
        .datasets()
        .stream()
        .flatMap(dataset -> dataset.entities().stream())
        .map(entity -> entity.target())
        .distinct()
        .toList();
  }

  private static boolean isExpr(Feature feature) {
    return feature instanceof Feature.OfExpr;
  }

  private static void check(Draft draft, QueryNames names, FeatureView view, Feature feature, List<String> before, Position at,
      Issues issues) {
    switch (feature) {
      case Feature.OfMetric metric -> {
        names.checkMetric(metric.metric(), () -> at, issues);
        view.entities()
            .stream()
            .filter(entity -> !draft.model().joins().holders(entity).isEmpty())
            .forEach(entity -> names.checkReach(metric.metric(), entity, () -> at, issues));
        if (metric.window().grain() instanceof CustomGrain custom) {
          issues.add(ModelIssue.UNKNOWN_GRAIN, at,
              "the window of a feature needs a standard grain, but '" + custom.label() + "' is a custom one");
        }
      }
      case Feature.OfDimension dimension -> names.checkItem(dimension.dimension(), () -> at, issues);
      case Feature.OfExpr expr -> {
        expr.expr().visit(part -> {
          if (part instanceof Expr.Column column && !before.contains(column.name())) {
            issues.unknown(ModelIssue.UNKNOWN_FEATURE, draft.places().of(expr.expr(), column.at(), at),
                "'" + column.name() + "' is no feature of '" + view.name() + "' that stands before '" + expr.name() + "'.", column.name(),
                before);
          }
        });
        before.add(expr.name());
      }
    }
  }

  private static void check(Draft draft, FeatureService service, Issues issues) {
    if (service.features().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, service.position(), "feature service '" + service.name() + "' needs the key 'features'");
    }
    service.features().forEach(wanted -> view(draft, wanted, draft.places().of(service, "features." + wanted, service.position()), issues));
  }

  /** The view of {@code view} or {@code view:feature}. */
  private static Optional<FeatureView> view(Draft draft, String wanted, Position at, Issues issues) {
    String name = wanted.contains(":") ? wanted.substring(0, wanted.indexOf(':')) : wanted;
    Optional<FeatureView> view = draft.model().featureView(name);
    if (view.isEmpty()) {
      issues.unknown(ModelIssue.UNKNOWN_VIEW, at, "feature view '" + name + "' is not defined.", name,
          draft.model().definitions().featureViews().stream().map(FeatureView::name).toList());
    }
    view.filter(found -> wanted.contains(":")).ifPresent(found -> {
      List<String> known = found.features().stream().map(Feature::name).toList();
      String feature = wanted.substring(wanted.indexOf(':') + 1);
      if (!known.contains(feature)) {
        issues.unknown(ModelIssue.UNKNOWN_FEATURE, at, "'" + feature + "' is no feature of '" + found.name() + "'.", feature, known);
      }
    });
    return view;
  }

  private static void check(Draft draft, TrainingSet set, Issues issues) {
    if (set.features().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, set.position(), "training set '" + set.name() + "' needs the key 'features'");
    }
    for (String wanted : set.features()) {
      Position at = draft.places().of(set, "features." + wanted, set.position());
      Optional<FeatureService> service = draft.model().featureService(wanted);
      service.ifPresent(found -> found.features()
          .stream()
          .flatMap(one -> draft.model().featureView(one.contains(":") ? one.substring(0, one.indexOf(':')) : one).stream())
          .distinct()
          .forEach(view -> keys(set, view, at, issues)));
      if (service.isEmpty()) {
        view(draft, wanted, at, issues).ifPresent(found -> keys(set, found, at, issues));
      }
    }
    if (!FORMATS.contains(set.format())) {
      issues.unknown(ModelIssue.INVALID_VALUE, set.position(), "training set '" + set.name() + "' is written as parquet or arrow, not '"
          + set.format() + "'.", set.format(), FORMATS);
    }
    set.checks()
        .stream()
        .filter(check -> !CHECKS.contains(check.name()))
        .forEach(check -> issues.unknown(ModelIssue.INVALID_VALUE, set.position(), "training set '" + set.name() + "': there is no check '"
            + check.name() + "'.", check.name(), CHECKS));
    set.split().filter(split -> split.by().equals("time")).ifPresent(split -> split(set, split, issues));
  }

  private static void keys(TrainingSet set, FeatureView view, Position at, Issues issues) {
    view.entities()
        .stream()
        .filter(entity -> !set.spine().entities().contains(entity))
        .forEach(entity -> issues.add(ModelIssue.MISSING_KEY, at, "feature view '" + view.name() + "' is keyed by '" + entity
            + "', which the spine of training set '" + set.name() + "' does not name"));
  }

  private static void split(TrainingSet set, TrainingSet.Split split, Issues issues) {
    if (split.trainUntil().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, set.position(),
          "the split of training set '" + set.name() + "' by time needs the key 'train_until'");
    }
    boolean backwards = split.trainUntil().isPresent() && split.validateUntil().filter(split.trainUntil().get()::isBefore).isEmpty()
        && split.validateUntil().isPresent();
    if (backwards) {
      issues.add(ModelIssue.INVALID_VALUE, set.position(), "the split of training set '" + set.name()
          + "' goes backwards: validate_until is not after train_until");
    }
  }
}
