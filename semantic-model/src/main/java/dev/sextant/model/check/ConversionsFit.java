// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Aggregation;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Issues;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.build.Draft;
import java.util.List;
import java.util.stream.Stream;

/** A conversion metric counts events of two datasets that share its entity and its constant properties. */
final class ConversionsFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    for (Metric metric : draft.model().metrics()) {
      if (metric instanceof Metric.Conversion conversion) {
        check(draft, conversion, issues);
      }
    }
  }

  private static void check(Draft draft, Metric.Conversion metric, Issues issues) {
    Position own = metric.header().position();
    event(draft, metric, metric.base(), "base_property", metric.constantProperties().stream().map(Metric.ConstantProperty::base).toList(),
        issues);
    event(draft, metric, metric.conversion(), "conversion_property",
        metric.constantProperties().stream().map(Metric.ConstantProperty::conversion).toList(), issues);
    metric.window()
        .filter(window -> window.grain() instanceof CustomGrain)
        .ifPresent(window -> issues.add(ModelIssue.INVALID_METRIC, draft.places().of(metric, "window", own),
            "window needs a standard grain, but '" + window.grain().label() + "' is a custom one"));
  }

  private static void event(Draft draft, Metric.Conversion metric, Metric.Simple event, String key, List<String> properties,
      Issues issues) {
    Measure measure = event.measure();
    Position own = metric.header().position();
    if (!counts(measure)) {
      issues.add(ModelIssue.INVALID_METRIC, event.header().position(), "a conversion metric counts events: measure '" + measure.name()
          + "' needs agg count, count_distinct, or sum with expr: 1");
    }
    if (measure.timeDimension().isEmpty()) {
      issues.add(ModelIssue.INVALID_METRIC, event.header().position(),
          "a conversion metric needs the time of its events, but measure '" + measure.name() + "' has no agg_time_dimension");
    }
    draft.model().dataset(measure.dataset()).ifPresent(dataset -> {
      if (dataset.entity(metric.entity()).isEmpty()) {
        issues.unknown(ModelIssue.UNKNOWN_ENTITY, draft.places().of(metric, "entity", own),
            "entity '" + metric.entity() + "' is not defined in semantic model '" + dataset.name() + "' of measure '" + measure.name()
                + "'.",
            metric.entity(), dataset.entities().stream().map(Entity::name).toList());
      }
      properties.forEach(property -> property(draft, metric, dataset, key, property, issues));
    });
  }

  private static boolean counts(Measure measure) {
    boolean one = measure.expr() instanceof Expr.Literal literal && literal.equals(new Expr.Literal(DataType.BIGINT, "1"));
    return measure.aggregation().countsRows() || measure.aggregation() == Aggregation.SUM && one;
  }

  private static void property(Draft draft, Metric.Conversion metric, Dataset dataset, String key, String property, Issues issues) {
    if (dataset.dimension(property).isEmpty() && dataset.entity(property).isEmpty()) {
      List<String> known = Stream
          .concat(dataset.dimensions().stream().map(Dimension::name), dataset.entities().stream().map(Entity::name))
          .toList();
      issues.unknown(ModelIssue.UNKNOWN_DIMENSION, draft.places().of(metric, key + "." + property, metric.header().position()),
          "'" + property + "' is neither a dimension nor an entity of semantic model '" + dataset.name() + "'.", property, known);
    }
  }
}
