// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.query.AddedNames;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Binds a question as asked to a model; throws a typed error with everything that is wrong. */
public final class QueryBinder {
  private final SemanticModel model;
  private final MemberFinder finder;

  public QueryBinder(SemanticModel model) {
    this.model = model;
    this.finder = MemberFinder.asSeen(model);
  }

  /** Binds a question to what its caller may see; the bound query's model is the one the caller sees. */
  public BoundQuery bind(MetricQuery asked, Caller caller) {
    return new QueryBinder(Policies.seen(model, caller)).bind(asked);
  }

  private BoundQuery bind(MetricQuery asked) {
    MetricQuery query = asked.savedQuery().map(name -> merge(asked, name)).orElse(asked);
    if (query.metrics().isEmpty() && query.groupBy().isEmpty()) {
      throw Problem.of(QueryIssue.EMPTY_QUERY, "the query names no metrics and no group-by items; name at least one.");
    }
    Gathered gathered = new Gathered();
    List<BoundQuery.AskedMetric> metrics = gathered.each(query.metrics(), this::metric);
    int saved = query.where().size() - asked.where().size();
    List<Condition> where = new ArrayList<>(Condition.read("saved where", query.where().subList(0, saved), gathered));
    List<Condition> own = Condition.read("where", asked.where(), gathered);
    where.addAll(own);
    own.forEach(condition -> new FunctionNamesKnown(condition, gathered).check(FunctionNamesKnown.ROWS));
    List<BoundQuery.Item> plainItems = items(query, metrics.stream().map(BoundQuery.AskedMetric::metric).toList(), where, gathered);
    List<Condition> having = Condition.read("having", query.having(), gathered);
    gathered.complain();
    checkMode(query);
    ExtrasBinder extras = new ExtrasBinder(model, metrics, plainItems, this::itemNamed);
    MetricQuery.Extras bound = extras.bind(query.extras());
    List<BoundQuery.Item> items = extras.items(bound);
    List<String> columns = new ArrayList<>(columns(metrics, items));
    columns.addAll(extras.columns(bound));
    checkNames(columns);
    having.forEach(condition -> new FunctionNamesKnown(condition, gathered).check(FunctionNamesKnown.RESULT));
    gathered.check(having, condition -> checkHaving(condition, columns));
    columns.addAll(bound.totals().stream().map(AddedNames::isTotal).toList());
    List<String> asItems = query.groupBy().stream().map(MetricQuery.Item::name).toList();
    List<BoundQuery.Order> order = gathered.each(query.orderBy(), text -> {
      BoundQuery.Order one = order(text, columns, metrics, items);
      return exactly(text, asItems, plainItems).filter(columns::contains)
          .map(name -> new BoundQuery.Order(name, one.descending()))
          .orElse(one);
    });
    gathered.complain();
    ZoneId zone = query.timeZone().map(TimeTexts::zone).orElse(model.calendar().zone());
    return new BoundQuery(model, metrics, items,
        extras.where(bound, where.stream().flatMap(condition -> FilterReader.conjuncts(condition.expr()).stream()).toList()),
        having.stream().map(Condition::expr).toList(), order,
        atLeastZero(query.limit(), "limit"), atLeastZero(query.offset(), "offset"), query.timeRange().map(range -> range(range, zone)),
        zone, query.mode(), bound);
  }

  private MetricQuery merge(MetricQuery asked, String name) {
    SavedQuery saved = model.savedQuery(name).orElseThrow(() -> {
      List<String> all = model.definitions().savedQueries().stream().map(SavedQuery::name).toList();
      List<String> near = NearestNames.to(name, all);
      return Problem.of(QueryIssue.UNKNOWN_SAVED_QUERY, "saved query '" + name + "' is not defined." + NearestNames.help(near, all), near);
    });
    List<MetricQuery.Item> metrics = new ArrayList<>(saved.metrics().stream().map(MetricQuery.Item::of).toList());
    metrics.addAll(asked.metrics());
    List<MetricQuery.Item> groupBy = new ArrayList<>(saved.groupBy().stream().map(MetricQuery.Item::of).toList());
    groupBy.addAll(asked.groupBy());
    List<String> where = new ArrayList<>(saved.where().stream().map(dev.sextant.model.expr.ExprPrinter::print).toList());
    where.addAll(asked.where());
    return new MetricQuery(metrics, groupBy, where, asked.having(), asked.orderBy().isEmpty() ? saved.orderBy() : asked.orderBy(),
        asked.limit().isPresent() ? asked.limit() : saved.limit(), asked.offset(), asked.timeRange(), asked.timeZone(), Optional.empty(),
        asked.mode(), asked.extras(), asked.options());
  }

  private BoundQuery.AskedMetric metric(MetricQuery.Item asked) {
    Optional<Metric> metric = model.metric(asked.name()).or(() -> model.metric(asked.name().toLowerCase(Locale.ROOT)));
    Metric known = metric.orElseThrow(() -> {
      List<String> all = model.metrics().stream().map(Metric::name).toList();
      List<String> near = NearestNames.to(asked.name(), all);
      String help = near.isEmpty() && finder.isKnown(ItemName.parse(asked.name(), model)) ? " It is something to group by."
          : NearestNames.help(near, all);
      return Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + asked.name() + "' is not defined." + help, near);
    });
    return new BoundQuery.AskedMetric(known, name(asked, known.name()));
  }

  private List<BoundQuery.Item> items(MetricQuery query, List<Metric> metrics, List<Condition> where, Gathered gathered) {
    if (metrics.isEmpty() && !query.metrics().isEmpty()) {
      gathered.check(query.groupBy(), item -> finder.checkKnown(itemName(item.name())));
      where.forEach(new WhereNames(model, finder, List.of(), gathered)::check);
      return List.of();
    }
    ItemBinder binder = new ItemBinder(model, finder, metrics);
    List<Dataset> datasets = LeafMetrics.datasets(metrics, model);
    if (!metrics.isEmpty()) {
      List<BoundQuery.Item> items = gathered.each(query.groupBy(), item -> shown(binder.bind(itemName(item.name())), item));
      where.forEach(new WhereNames(model, finder, datasets, gathered)::check);
      return items;
    }
    List<ItemName> names = gathered.each(query.groupBy(), item -> {
      ItemName name = itemName(item.name());
      finder.checkKnown(name);
      return name;
    });
    where.forEach(new WhereNames(model, finder, List.of(), gathered)::check);
    gathered.complain();
    Dataset base = new BaseFinder(model, finder).find(withFiltered(names, where)).orElseGet(() -> model.datasets().getFirst());
    return gathered.each(query.groupBy(), item -> shown(binder.bind(itemName(item.name()), base), item));
  }

  private static BoundQuery.Item shown(ItemName bound, MetricQuery.Item asked) {
    return new BoundQuery.Item(bound, name(asked, bound.full()));
  }

  /** What the column is called; any text will do that warehouses can take for a name. */
  private static String name(MetricQuery.Item asked, String otherwise) {
    String name = asked.alias().orElse(otherwise);
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "the alias of '" + asked.name()
          + "' is empty or has control characters, and so cannot be the name of a column. Leave it out, or write another.");
    }
    return name;
  }

  private List<ItemName> withFiltered(List<ItemName> items, List<Condition> where) {
    List<ItemName> all = new ArrayList<>(items);
    where.forEach(condition -> condition.expr().visit(node -> {
      if (node instanceof Expr.Column column) {
        all.add(ItemName.parse(column.name(), model));
      }
    }));
    return all;
  }

  /** Reads a group-by item, written as a name or in dbt's form {@code TimeDimension('metric_time', 'month')}. */
  private ItemName itemName(String text) {
    if (text.contains("(")) {
      Expr expr = FilterReader.normalize(ExprParser.parse("{{ " + text + " }}", new Position("", 1, 1)));
      if (expr instanceof Expr.Column column) {
        return ItemName.parse(column.name(), model);
      }
      throw Problem.of(QueryIssue.UNKNOWN_GROUP_BY, "'" + text + "' is not a group-by item.");
    }
    return ItemName.parse(text.toLowerCase(Locale.ROOT), model);
  }

  private static void checkMode(MetricQuery query) {
    if (query.mode() == MetricQuery.Mode.MIN_MAX && (!query.metrics().isEmpty() || query.groupBy().size() != 1)) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "min_max_only needs exactly one group-by item and no metrics.");
    }
  }

  private static void checkNames(List<String> columns) {
    Map<String, String> seen = new HashMap<>();
    columns.forEach(name -> {
      String before = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (before != null) {
        throw Problem.of(QueryIssue.DUPLICATE_NAME, before.equals(name)
            ? "'" + name + "' is asked for twice. Give one of them an alias, or ask once."
            : "'" + before + "' and '" + name
                + "' differ in case only, which not every warehouse tells apart. Give one of them another alias.");
      }
    });
  }

  private static List<String> columns(List<BoundQuery.AskedMetric> metrics, List<BoundQuery.Item> items) {
    List<String> names = new ArrayList<>(items.stream().map(BoundQuery.Item::name).toList());
    metrics.forEach(metric -> names.add(metric.name()));
    return names;
  }

  private static void checkHaving(Condition condition, List<String> columns) {
    condition.expr().visit(node -> {
      if (node instanceof Expr.Column column && !columns.contains(column.name())) {
        List<String> near = NearestNames.to(column.name(), columns);
        throw Problem.at(QueryIssue.INVALID_FILTER, condition.at(column), "'" + column.name() + "' in having is not a column of this query."
            + NearestNames.question(near) + " Having sees: " + String.join(", ", columns) + ".", near);
      }
    });
  }

  private BoundQuery.Order order(String text, List<String> columns, List<BoundQuery.AskedMetric> metrics, List<BoundQuery.Item> items) {
    boolean descending = text.startsWith("-");
    String name = descending ? text.substring(1).strip() : text.strip();
    return new BoundQuery.Order(orderColumn(name, columns, metrics, items), descending);
  }

  /** The column of the item that is asked for by just this name: a time may be there in other grains, too. */
  private static Optional<String> exactly(String text, List<String> asked, List<BoundQuery.Item> items) {
    int place = asked.indexOf(text.replaceFirst("^-", "").strip());
    return place < 0 ? Optional.empty() : Optional.of(items.get(place).name());
  }

  private String orderColumn(String name, List<String> columns, List<BoundQuery.AskedMetric> metrics, List<BoundQuery.Item> items) {
    if (columns.contains(name)) {
      return name;
    }
    for (BoundQuery.AskedMetric metric : metrics) {
      if (metric.metric().name().equals(name)) {
        return metric.name();
      }
    }
    Optional<BoundQuery.Item> found = itemNamed(name, items);
    if (found.isPresent()) {
      return found.get().name();
    }
    List<String> near = NearestNames.to(name, columns);
    throw Problem.of(QueryIssue.INVALID_ORDER_BY, "cannot order by '" + name + "': it is not a column of this query."
        + NearestNames.question(near) + " It has: " + String.join(", ", columns) + ".", near);
  }

  /** The asked item that a name means: the end of its name, its grain where one is named. */
  private Optional<BoundQuery.Item> itemNamed(String name, List<BoundQuery.Item> items) {
    ItemName wanted = itemName(name);
    return items.stream()
        .filter(item -> wanted.grain().isEmpty() && wanted.part().isEmpty()
            || wanted.grain().equals(item.item().grain()) && wanted.part().equals(item.item().part()))
        .filter(item -> ("__" + item.item().base()).endsWith("__" + wanted.base()))
        .findFirst();
  }

  private static OptionalLong atLeastZero(OptionalLong value, String what) {
    if (value.isPresent() && value.getAsLong() < 0) {
      throw Problem.of(QueryIssue.INVALID_LIMIT, "'" + what + "' must be a whole number of 0 or more, not " + value.getAsLong() + ".");
    }
    return value;
  }

  private static BoundQuery.Range range(MetricQuery.TimeRange asked, ZoneId zone) {
    LocalDateTime start = TimeTexts.instant(asked.start(), zone);
    LocalDateTime end = TimeTexts.instant(asked.end(), zone);
    if (end.isBefore(start)) {
      throw Problem.of(QueryIssue.INVALID_TIME_RANGE,
          "the time range ends (" + asked.end() + ") before it starts (" + asked.start() + ").");
    }
    boolean day = asked.end().strip().length() <= "2026-01-31".length();
    return new BoundQuery.Range(start, end, day ? TimeGrain.DAY : TimeGrain.NANOSECOND);
  }
}
