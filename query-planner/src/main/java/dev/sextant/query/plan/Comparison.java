// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.Position;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ComparedNames;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets each asked metric beside its value a while ago: the earlier value, the difference, and the difference as a share of the earlier value. */
final class Comparison {
  private static final Pattern WINDOW = Pattern.compile("(\\d{1,9})\\s+(\\w+)");

  private final MetricSet set;
  private final TimeWindow window;

  private Comparison(MetricSet set, TimeWindow window) {
    this.set = set;
    this.window = window;
  }

  static Optional<Comparison> of(BoundQuery query, MetricSet set, List<ItemName> items) {
    return query.extras()
        .compare()
        .map(text -> new Comparison(set, window(text.strip().toLowerCase(Locale.ROOT).replace('_', ' '), items)));
  }

  private static TimeWindow window(String text, List<ItemName> items) {
    if (text.equals("previous period")) {
      return new TimeWindow(1, items.stream()
          .flatMap(item -> item.grain().stream())
          .filter(TimeGrain.class::isInstance)
          .map(TimeGrain.class::cast)
          .reduce(TimeGrain::finer)
          .orElseThrow(() -> Problem.of(QueryIssue.TIME_REQUIRED, "the previous period of what? Group by metric_time in some grain.")));
    }
    Matcher matcher = WINDOW.matcher(text);
    Optional<TimeGrain> grain = matcher.matches() ? TimeGrain.named(matcher.group(2)) : Optional.empty();
    int count = grain.isPresent() ? Integer.parseInt(matcher.group(1)) : 0;
    if (count == 0 || !grain.orElseThrow().fits(count)) {
      throw Problem.of(QueryIssue.INVALID_REQUEST,
          "compare takes 'previous period' or a length of time such as '1 year', not '" + text + "'.");
    }
    return new TimeWindow(count, grain.orElseThrow());
  }

  /** The further columns of a metric, by name, given its own value. */
  Map<String, Expr> columns(Metric metric, String name, Expr value, List<Expr> filters) {
    Expr earlier = set
        .input(new MetricInput(metric.name(), Optional.empty(), List.of(), Optional.of(window), Optional.empty(), Position.NOWHERE),
            filters)
        .expr();
    Expr change = Expr.call("-", value, earlier);
    Map<String, Expr> columns = new LinkedHashMap<>();
    columns.put(ComparedNames.previous(name), earlier);
    columns.put(ComparedNames.change(name), change);
    columns.put(ComparedNames.share(name), Expr.call("/", change, earlier));
    return columns;
  }
}
