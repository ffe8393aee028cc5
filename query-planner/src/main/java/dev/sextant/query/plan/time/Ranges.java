// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Calendar;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.TimeSpan;
import java.time.LocalDateTime;
import java.util.List;

/** The asked time range as half-open conditions. Both asked ends belong to it, and it grows to whole periods. */
public final class Ranges {
  private Ranges() {}

  /** The range in whole periods of {@code metric_time}'s asked grain, or of the column's own grain where it is not asked for. */
  public static TimeSpan span(BoundQuery.Range range, TimeGrain own, Planning planning) {
    Calendar calendar = planning.model().calendar();
    TimeGrain grain = planning.rangeGrain().orElse(own);
    TimeGrain last = TimeGrain.coarser(grain, range.precision());
    LocalDateTime start = planning.rangeGrain().isPresent() ? Times.floor(range.first(), grain, calendar)
        : Times.ceiling(range.first(), grain, calendar);
    return new TimeSpan(start, Times.plus(Times.floor(range.last(), last, calendar), 1, last));
  }

  public static List<Expr> conditions(BoundQuery.Range range, TimeColumn column, Planning planning) {
    TimeSpan span = span(range, column.grain(), planning);
    FilterExprs filters = new FilterExprs(planning, node -> java.util.Optional.empty());
    return List.of(filters.bound(column, ">=", span.start()), filters.bound(column, "<", span.end()));
  }
}
