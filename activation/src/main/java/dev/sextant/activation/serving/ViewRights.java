// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.feature.ViewReads;
import dev.sextant.model.AccessPolicy;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.Rights;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ItemName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a caller may see of a view's stored values. They were made from all rows, so whoever may see only some rows may see none of them. */
final class ViewRights {
  private final SemanticModel seen;
  private final FeatureView view;

  /** {@code seen} is the model as the caller sees it. */
  ViewRights(SemanticModel seen, FeatureView view) {
    this.seen = seen;
    this.view = view;
  }

  /** Whether the view does not exist for the caller, because an entity it is keyed by does not. */
  boolean hidesView() {
    return view.entities()
        .stream()
        .anyMatch(entity -> seen.joins().holders(entity).stream().anyMatch(holder -> seen.rights().hides(holder, entity)));
  }

  /** Refuses callers who may see only some of the rows that the view may be made from. */
  void checkRows() {
    List<Dataset> read = ViewReads.of(view, seen).datasets();
    for (Rights.RowRule rule : seen.rights().rows()) {
      if (read.stream().anyMatch(rule::concerns) && reaches(rule.condition(), read)) {
        throw FeatureIssue.FEATURES_DENIED.because("Access policy '" + rule.policy()
            + "' shows you only some of the rows that feature view '"
            + view.name() + "' is made from, and its stored values are made from all of them; ask its metrics through queries instead.");
      }
    }
  }

  /** Whether joins may lead to anything a condition names: if they do not, it restricts none of the rows. */
  private boolean reaches(Expr condition, List<Dataset> read) {
    List<String> elements = new ArrayList<>();
    condition.visit(part -> {
      switch (part) {
        case Expr.Column column -> elements.add(ItemName.parse(column.name(), seen).element());
        case Expr.Member member -> elements.add(ItemName.parse(member.name(), seen).element());
        case Expr.Literal literal -> {
        }
        case Expr.Interval interval -> {
        }
        case Expr.Call call -> {
        }
        case Expr.Case choice -> {
        }
        case Expr.Cast cast -> {
        }
      }
    });
    return elements.isEmpty() || elements.stream()
        .anyMatch(element -> element.equals(ItemName.METRIC_TIME) || read.stream()
            .anyMatch(dataset -> dataset.dimension(element).isPresent()
                || dataset.entities().stream().anyMatch(entity -> entity.name().equals(element) || entity.target().equals(element))));
  }

  /** Whether a feature does not exist for the caller. */
  boolean hides(Feature feature) {
    return switch (feature) {
      case Feature.OfMetric metric -> seen.metric(metric.metric()).isEmpty();
      case Feature.OfDimension dimension -> holders(dimension).stream()
          .anyMatch(holder -> seen.rights().hides(holder, item(dimension).element()));
      case Feature.OfExpr expr -> inputs(expr).stream().anyMatch(this::hides);
    };
  }

  /** How a feature's values are hidden. */
  Optional<AccessPolicy.Mask> mask(Feature feature) {
    return feature instanceof Feature.OfDimension dimension
        ? holders(dimension).stream()
            .flatMap(holder -> holder.dimension(item(dimension).element())
                .stream()
                .flatMap(found -> seen.rights().mask(holder, found).stream()))
            .findFirst()
        : Optional.empty();
  }

  /** Whether a feature is computed from values that are hidden, which its own would tell. */
  boolean tellsHidden(Feature feature) {
    return feature instanceof Feature.OfExpr expr
        && inputs(expr).stream().anyMatch(input -> mask(input).isPresent() || tellsHidden(input));
  }

  private List<Feature> inputs(Feature.OfExpr expr) {
    List<String> names = new ArrayList<>();
    expr.expr().visit(part -> {
      if (part instanceof Expr.Column column) {
        names.add(column.name());
      }
    });
    return view.features().stream().filter(feature -> names.contains(feature.name())).toList();
  }

  private ItemName item(Feature.OfDimension dimension) {
    return ItemName.parse(dimension.dimension(), seen);
  }

  private List<Dataset> holders(Feature.OfDimension dimension) {
    String element = item(dimension).element();
    return seen.datasets()
        .stream()
        .filter(dataset -> dataset.dimension(element).isPresent() || dataset.entity(element).isPresent())
        .toList();
  }
}
