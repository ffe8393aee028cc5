// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.SextantException;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Makes the metric query of a query in Cube's form. */
final class CubeToMetricQuery {
  private final CubeModel model;
  private final CubeQuery query;
  private final CubeFilters filters;
  private final SequencedSet<String> items = new LinkedHashSet<>();
  private final SequencedSet<String> metrics = new LinkedHashSet<>();
  private final List<String> where = new ArrayList<>();
  private final List<String> having = new ArrayList<>();

  private CubeToMetricQuery(CubeModel model, CubeQuery query, DatePhrases dates) {
    this.model = model;
    this.query = query;
    this.filters = new CubeFilters(model, dates);
  }

  static CubeQuestion convert(CubeQuery query, CubeModel model, DatePhrases dates, Options options) {
    CubeToMetricQuery conversion = new CubeToMetricQuery(model, query, dates);
    query.dimensions().forEach(name -> conversion.items.add(model.dimension(name).item()));
    query.timeDimensions().forEach(conversion::time);
    query.measures().forEach(name -> conversion.metrics.add(model.measure(name).column().of()));
    query.filters().forEach(conversion::filter);
    List<String> order = conversion.order();
    MetricQuery asked = new MetricQuery(conversion.metrics.stream().map(Item::of).toList(),
        conversion.items.stream().map(Item::of).toList(),
        conversion.where, conversion.having, order, query.limit(), query.offset(), Optional.empty(), Optional.of(query.timezone()),
        Optional.empty(), Mode.DISTINCT, Extras.NONE, options);
    return new CubeQuestion(query, asked, conversion.columns());
  }

  private void time(CubeQuery.TimeDimension time) {
    CubeMember member = model.time(time.dimension());
    time.granularity().ifPresent(grain -> items.add(item(member, grain)));
    time.dateRange().ifPresent(range -> where.add(ExprPrinter.print(new TimeConditions(member, filters.dates()).within(range))));
  }

  private static String item(CubeMember member, String grain) {
    if (!member.column().grains().contains(grain)) {
      throw Problem.of(QueryIssue.INVALID_GRAIN, "'" + member.name() + "' has no granularity '" + grain + "'. It has "
          + (member.column().grains().isEmpty() ? "none: ask for it among the dimensions" : String.join(", ", member.column().grains()))
          + ".",
          member.column().grains());
    }
    return member.item(grain);
  }

  private void filter(CubeFilter filter) {
    if (filter instanceof CubeFilter.All all) {
      all.filters().forEach(this::filter);
    } else if (filter instanceof CubeFilter.One one && one.operator().equals("measureFilter")) {
      model.model()
          .metric(model.measure(one.member()).column().of())
          .ifPresent(metric -> metric.filters().forEach(condition -> where.add(ExprPrinter.print(condition))));
    } else {
      condition(filter);
    }
  }

  private void condition(CubeFilter filter) {
    List<CubeMember> members = filter.members().map(model::member).toList();
    String text = ExprPrinter.print(filters.of(filter));
    if (members.stream().noneMatch(CubeMember::isMeasure)) {
      where.add(text);
    } else if (members.stream().allMatch(CubeMember::isMeasure)) {
      members.forEach(member -> metrics.add(member.column().of()));
      having.add(text);
    } else {
      throw Problem.of(QueryIssue.INVALID_FILTER, "You cannot use dimension and measure in same condition: "
          + String.join(", ", filter.members().toList()) + ". Dimensions filter rows, measures the finished result.");
    }
  }

  /** As Cube does where no order is asked: the first time, else the largest values first, else the first dimension. */
  private List<String> order() {
    if (!query.order().isEmpty()) {
      return query.order().stream().map(one -> (one.descending() ? "-" : "") + column(one.member())).toList();
    }
    Optional<CubeQuery.TimeDimension> time = query.timeDimensions().stream().filter(one -> one.granularity().isPresent()).findFirst();
    if (time.isPresent()) {
      return List.of(column(time.get().key()));
    }
    if (items.isEmpty()) {
      return List.of();
    }
    return query.measures().isEmpty() ? List.of(items.getFirst()) : List.of("-" + column(query.measures().getFirst()));
  }

  private String column(String member) {
    Optional<CubeQuery.TimeDimension> time = query.timeDimensions()
        .stream()
        .filter(one -> one.granularity().isPresent() && (one.key().equals(member) || one.dimension().equals(member)))
        .findFirst();
    if (time.isPresent() && !query.dimensions().contains(member)) {
      return item(model.time(time.get().dimension()), time.get().granularity().orElseThrow());
    }
    CubeMember known = model.member(member);
    if (known.isMeasure()) {
      metrics.add(known.column().of());
      return known.column().of();
    }
    if (!query.dimensions().contains(member)) {
      throw notSelected(member);
    }
    return known.item();
  }

  private SextantException notSelected(String member) {
    return Problem.of(QueryIssue.INVALID_ORDER_BY,
        "Cannot order by '" + member + "': it is not among the query's dimensions, and adding it would change the groups.");
  }

  private List<CubeQuestion.Shown> columns() {
    List<String> places = new ArrayList<>(items);
    places.addAll(metrics);
    List<CubeQuestion.Shown> columns = new ArrayList<>();
    query.dimensions().forEach(name -> columns.add(shown(name, model.dimension(name), model.dimension(name).item(), places)));
    for (CubeQuery.TimeDimension time : query.timeDimensions()) {
      CubeMember member = model.time(time.dimension());
      time.granularity().ifPresent(grain -> {
        columns.add(shown(time.key(), member, member.item(grain), places));
        if (!query.dimensions().contains(time.dimension()) && columns.stream().noneMatch(one -> one.key().equals(time.dimension()))) {
          columns.add(shown(time.dimension(), member, member.item(grain), places));
        }
      });
    }
    query.measures().forEach(name -> columns.add(shown(name, model.measure(name), model.measure(name).column().of(), places)));
    return columns;
  }

  private static CubeQuestion.Shown shown(String key, CubeMember member, String column, List<String> places) {
    return new CubeQuestion.Shown(key, member, places.lastIndexOf(column));
  }
}
