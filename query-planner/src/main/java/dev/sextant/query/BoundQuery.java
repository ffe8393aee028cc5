// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A question whose every name is known, whose times are absolute and whose filters include what the caller's policies demand. Filters name
 * group-by items as columns under their names as asked.
 */
public record BoundQuery(
    SemanticModel model,
    List<AskedMetric> metrics,
    List<Item> items,
    List<Expr> where,
    List<Expr> having,
    List<Order> order,
    OptionalLong limit,
    OptionalLong offset,
    Optional<Range> range,
    ZoneId zone,
    MetricQuery.Mode mode,
    MetricQuery.Extras extras) {

  /** A metric under the name the answer gives it. */
  public record AskedMetric(Metric metric, String name) {}

  /**
   * A group-by item with its full name and grain, under the name the answer gives it. With {@code expr}, which names items as columns, the item
   * is computed from others and its own name only labels it.
   */
  public record Item(ItemName item, String name, Optional<Expr> expr) {
    public Item(ItemName item, String name) {
      this(item, name, Optional.empty());
    }
  }

  /** The asked ends of the time range, both part of it; {@code precision} is DAY where the last one is a day and not an instant. */
  public record Range(LocalDateTime first, LocalDateTime last, TimeGrain precision) {}

  /** A result column to sort by. */
  public record Order(String column, boolean descending) {}

  public BoundQuery {
    metrics = List.copyOf(metrics);
    items = List.copyOf(items);
    where = List.copyOf(where);
    having = List.copyOf(having);
    order = List.copyOf(order);
  }
}
