// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.AddedNames;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ComparedNames;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TopItems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds what the additions to an answer name among its items and metrics. */
final class ExtrasBinder {
  private final SemanticModel model;
  private final List<BoundQuery.AskedMetric> metrics;
  private final List<BoundQuery.Item> items;
  private final BiFunction<String, List<BoundQuery.Item>, Optional<BoundQuery.Item>> finder;

  ExtrasBinder(SemanticModel model, List<BoundQuery.AskedMetric> metrics, List<BoundQuery.Item> items,
      BiFunction<String, List<BoundQuery.Item>, Optional<BoundQuery.Item>> finder) {
    this.model = model;
    this.metrics = metrics;
    this.items = items;
    this.finder = finder;
  }

  /** The additions with the names that the answer's columns have; a top's item has its full name, its metric that of the model. */
  MetricQuery.Extras bind(MetricQuery.Extras asked) {
    if (metrics.isEmpty() && !asked.equals(MetricQuery.Extras.NONE)) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "fill, compare, totals, top, share and running need metrics.");
    }
    return new MetricQuery.Extras(asked.fill(), asked.compare(), names("totals", asked.totals()), asked.top().map(this::top),
        names("share", asked.share()), asked.running().map(this::running));
  }

  private List<String> names(String what, List<String> asked) {
    if (asked.contains(MetricQuery.Extras.ALL)) {
      if (items.isEmpty()) {
        throw Problem.of(QueryIssue.INVALID_REQUEST, what + " over all group-by items needs at least one.");
      }
      return items.stream().map(BoundQuery.Item::name).toList();
    }
    List<String> names = asked.stream().map(name -> item(what, name).name()).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw Problem.of(QueryIssue.DUPLICATE_NAME, what + " names the same item twice: " + String.join(", ", asked) + ".");
    }
    return names;
  }

  private BoundQuery.Item item(String what, String name) {
    return items.stream().filter(item -> item.name().equals(name)).findFirst().or(() -> finder.apply(name, items)).orElseThrow(() -> {
      List<String> all = items.stream().map(BoundQuery.Item::name).toList();
      List<String> near = NearestNames.to(name, all);
      return Problem.of(QueryIssue.INVALID_REQUEST, what + " names '" + name + "', which is not a group-by item of this query."
          + NearestNames.question(near) + " It has: " + (all.isEmpty() ? "none" : String.join(", ", all)) + ".", near);
    });
  }

  private MetricQuery.Top top(MetricQuery.Top asked) {
    BoundQuery.Item item = item("top", asked.item());
    if (item.item().isMetricTime() || item.item().grain().isPresent() || item.item().part().isPresent()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "top does not choose among times, such as those of '" + item.name()
          + "'. Ask for a time_range, or order and limit.");
    }
    if (asked.n() < 1) {
      throw Problem.of(QueryIssue.INVALID_LIMIT, "top must be 1 or more, not " + asked.n() + ".");
    }
    if (!asked.others()) {
      metrics.forEach(this::checkGroupsStandAlone);
    }
    Metric by = asked.by().map(this::metric).orElseGet(() -> metrics.getFirst().metric());
    return new MetricQuery.Top(item.item().full(), asked.n(), Optional.of(by.name()), asked.others());
  }

  /** Without others their rows are left out before anything is aggregated, which must not change what the shown groups have. */
  private void checkGroupsStandAlone(BoundQuery.AskedMetric asked) {
    boolean credits = LeafMetrics.inputs(asked.metric(), model).stream().anyMatch(Metric.Conversion.class::isInstance);
    boolean edges = LeafMetrics.of(asked.metric(), model).stream().anyMatch(leaf -> leaf.measure().nonAdditive().isPresent());
    if (credits || edges) {
      throw Problem.of(QueryIssue.UNSUPPORTED,
          "top without others is not supported for '" + asked.name() + "', whose groups depend on the rows of "
              + "each other: " + (credits ? "an event is credited to one of all" : "the first or last time is sought among all")
              + ". Ask for the top with others, which are one more group.");
    }
  }

  private Metric metric(String name) {
    return metrics.stream()
        .filter(asked -> asked.name().equals(name))
        .map(BoundQuery.AskedMetric::metric)
        .findFirst()
        .or(() -> model.metric(name))
        .orElseThrow(() -> {
          List<String> near = NearestNames.to(name, model.metrics().stream().map(Metric::name).toList());
          return Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + name + "' is not defined." + NearestNames.question(near), near);
        });
  }

  private String running(String asked) {
    BoundQuery.Item item = item("running", asked);
    if (item.item().grain().isEmpty()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "metrics run along a time, such as metric_time__month; '" + item.name() + "' is none.");
    }
    return item.name();
  }

  /** The items to group by, with a top's values in place of its item. */
  List<BoundQuery.Item> items(MetricQuery.Extras bound) {
    if (bound.top().isEmpty() || !bound.top().get().others()) {
      return items;
    }
    List<BoundQuery.Item> all = new ArrayList<>();
    for (BoundQuery.Item item : items) {
      if (item.item().full().equals(bound.top().get().item())) {
        all.add(TopItems.value(item));
        all.add(TopItems.others(item));
      } else {
        all.add(item);
      }
    }
    return all;
  }

  /** The conditions on rows, with a top's where no others are wanted. */
  List<Expr> where(MetricQuery.Extras bound, List<Expr> where) {
    List<Expr> all = new ArrayList<>(where);
    bound.top()
        .filter(top -> !top.others())
        .ifPresent(top -> items.stream()
            .filter(item -> item.item().full().equals(top.item()))
            .forEach(item -> all.add(TopItems.isTop(item.item()))));
    return all;
  }

  /** The columns that are added to those of the metrics. */
  List<String> columns(MetricQuery.Extras bound) {
    List<String> columns = new ArrayList<>();
    for (BoundQuery.AskedMetric metric : metrics) {
      bound.compare().ifPresent(any -> columns.addAll(ComparedNames.all(metric.name())));
      if (!bound.share().isEmpty()) {
        columns.add(AddedNames.share(metric.name()));
      }
      bound.running().ifPresent(any -> columns.add(AddedNames.running(metric.name())));
    }
    return columns;
  }
}
