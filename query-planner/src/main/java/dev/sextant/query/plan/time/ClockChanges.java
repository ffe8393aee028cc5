// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hours and less that no clock shows, because a change of the zone's clocks leaves them out. Days are dates, which are never left out. */
public final class ClockChanges {
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime LATEST = LocalDateTime.of(2100, 1, 1, 0, 0);
  private static final int MOST_HOURS = 18;

  private ClockChanges() {}

  /** The condition that a period is one of {@code known}, or exists in the asked zone; nothing where all within {@code bounds} do. */
  public static List<Expr> knownOrShown(Expr known, Expr period, TimeGrain grain, Bounds bounds, Planning planning) {
    return shown(period, grain, bounds, planning).stream()
        .map(exists -> Expr.call("or", Expr.call("is not null", known), exists))
        .toList();
  }

  /** The condition that a period exists in the asked zone: an instant of it has its local time; nothing where all within {@code bounds} do. */
  public static List<Expr> shown(Expr period, TimeGrain grain, Bounds bounds, Planning planning) {
    if (!grain.isFinerThan(TimeGrain.DAY) || !leaveOut(grain, bounds, planning.zone().getRules())) {
      return List.of();
    }
    Expr instant = Times.converted(period, planning.zone(), ZoneOffset.UTC);
    Expr there = Times.converted(instant, ZoneOffset.UTC, planning.zone());
    return List.of(Expr.call("=", Times.truncate(there, grain, planning.model().calendar()), period));
  }

  private static boolean leaveOut(TimeGrain grain, Bounds bounds, ZoneRules rules) {
    Instant from = bounds.from().orElse(EARLIEST).minusHours(MOST_HOURS).toInstant(ZoneOffset.UTC);
    Instant before = bounds.before().orElse(LATEST).plusHours(MOST_HOURS).toInstant(ZoneOffset.UTC);
    Duration period = Duration.between(EARLIEST, Times.plus(EARLIEST, 1, grain));
    return Stream
        .iterate(rules.nextTransition(from), change -> isBefore(change, before), change -> rules.nextTransition(change.getInstant()))
        .anyMatch(change -> change.getDuration().compareTo(period) >= 0);
  }

  private static boolean isBefore(@Nullable ZoneOffsetTransition change, Instant time) {
    return change != null && change.getInstant().isBefore(time);
  }
}
