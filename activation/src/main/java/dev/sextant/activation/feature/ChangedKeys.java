// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.model.Entity;
import dev.sextant.model.FeatureView;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Source;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryPlanner;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the keys whose values may have changed since a watermark: those with events behind it, and those with events that have left a window.
 * Days are taken whole and one more at each end, as too many keys do no harm.
 */
record ChangedKeys(FeatureView view, SemanticModel model, QueryPlanner<MetricQuery> planner) {
  private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final int MARGIN_DAYS = 1;

  /** What is to be computed: everything, and why, or the rows of a spine. */
  sealed interface Answer {
    record Everything(String reason) implements Answer {}

    record Some(FeatureQuery.Spine.Rows spine) implements Answer {}
  }

  Answer since(Instant watermark, Duration lookback, Instant at, Caller caller) {
    Set<String> metrics = new LinkedHashSet<>();
    Set<String> datasets = new LinkedHashSet<>();
    List<String> days = new ArrayList<>(List.of(days(day(watermark.minus(lookback)), day(at))));
    for (Feature feature : view.features()) {
      switch (feature) {
        case Feature.OfDimension dimension -> {
          return new Answer.Everything("'" + dimension.name() + "' may change without an event");
        }
        case Feature.OfExpr expr -> {
        }
        case Feature.OfMetric metric -> {
          List<Metric> behind = ViewReads.behind(metric.metric(), model);
          if (!behind.stream().allMatch(ChangedKeys::followsEvents)) {
            return new Answer.Everything("'" + metric.name() + "' looks at more than the events of its window");
          }
          metrics.add(metric.metric());
          behind.forEach(each -> {
            if (each instanceof Metric.Simple simple) {
              datasets.add(simple.measure().dataset());
            }
          });
          days.add(days(before(watermark, metric.window()), before(at, metric.window())));
        }
      }
    }
    if (metrics.isEmpty() || view.entities().stream().anyMatch(entity -> datasets.stream().anyMatch(name -> !names(name, entity)))) {
      return new Answer.Everything("keys are found through joins");
    }
    return keys(metrics, datasets, String.join(" or ", days), at, caller);
  }

  private Answer keys(Set<String> metrics, Set<String> datasets, String condition, Instant at, Caller caller) {
    PlannedQuery planned = planner.plan(MetricQuery.of(List.copyOf(metrics), view.entities()).withWhere(List.of(condition)), caller);
    if (!Set.copyOf(planned.datasets()).equals(datasets) || planned.statements().size() != 1) {
      return new Answer.Everything("metrics look at other tables, which may change without an event");
    }
    List<String> names = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<String> whole = new ArrayList<>();
    for (int i = 0; i < view.entities().size(); i++) {
      names.add("key" + i);
      columns.add("\"" + view.entities().get(i) + "\" as key" + i);
      whole.add("\"" + view.entities().get(i) + "\" is not null");
    }
    String sql = "select " + String.join(", ", columns) + ", timestamp '" + LITERAL.format(local(at)) + "' as as_of from ("
        + planned.statements().getFirst().sql() + ") as changed where " + String.join(" and ", whole);
    return new Answer.Some(
        new FeatureQuery.Spine.Rows(new Source.Query(sql), planned.statements().getFirst().warehouse(), names, "as_of", List.of()));
  }

  /** Whether a metric changes only when an event of its window comes or goes. */
  private static boolean followsEvents(Metric metric) {
    return switch (metric) {
      case Metric.Simple simple -> simple.measure().nonAdditive().isEmpty();
      case Metric.Ratio ratio -> !ratio.numerator().isShifted() && !ratio.denominator().isShifted();
      case Metric.Derived derived -> derived.inputs().stream().noneMatch(MetricInput::isShifted);
      case Metric.Cumulative cumulative -> false;
      case Metric.Conversion conversion -> false;
    };
  }

  /** Whether a dataset's rows name the entity themselves, by one column. */
  private boolean names(String dataset, String entity) {
    return model.dataset(dataset)
        .flatMap(found -> found.entity(entity))
        .filter(found -> found.of().isEmpty() && found.keys().size() == 1)
        .map(Entity::name)
        .isPresent();
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, model.calendar().zone());
  }

  private LocalDate day(Instant instant) {
    return local(instant).toLocalDate();
  }

  /** The day a window that ends at {@code instant} begins. */
  private LocalDate before(Instant instant, TimeWindow window) {
    LocalDateTime end = local(instant);
    return (window.grain() instanceof TimeGrain grain ? switch (grain) {
      case NANOSECOND -> end.minusNanos(window.count());
      case MICROSECOND -> end.minus(window.count(), ChronoUnit.MICROS);
      case MILLISECOND -> end.minus(window.count(), ChronoUnit.MILLIS);
      case SECOND -> end.minusSeconds(window.count());
      case MINUTE -> end.minusMinutes(window.count());
      case HOUR -> end.minusHours(window.count());
      case DAY -> end.minusDays(window.count());
      case WEEK -> end.minusWeeks(window.count());
      case MONTH -> end.minusMonths(window.count());
      case QUARTER -> end.minusMonths(3L * window.count());
      case YEAR -> end.minusYears(window.count());
    } : end).toLocalDate();
  }

  private static String days(LocalDate first, LocalDate last) {
    return "(metric_time__day >= '" + first.minusDays(MARGIN_DAYS) + "' and metric_time__day <= '" + last.plusDays(MARGIN_DAYS) + "')";
  }
}
