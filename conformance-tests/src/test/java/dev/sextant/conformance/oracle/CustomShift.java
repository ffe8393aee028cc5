// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shift by periods of a table: the n-th day of a period shows the n-th of the period some before it, or that period's last if it has fewer. */
final class CustomShift implements Shift {
  private final CustomGrain grain;
  private final Map<LocalDateTime, List<LocalDateTime>> shown = new LinkedHashMap<>();

  CustomShift(CustomGrain grain, int count, TableRows tables, LocalTimes times) {
    this.grain = grain;
    Map<LocalDateTime, Value> calendar = new TreeMap<>();
    for (Row row : tables.of(grain.spine().source())) {
      times.raw(row.evaluate(Expr.column(grain.spine().column())))
          .ifPresent(day -> calendar.put(day, row.evaluate(Expr.column(grain.column()))));
    }
    Map<Value, List<LocalDateTime>> periods = new LinkedHashMap<>();
    calendar.forEach((day, period) -> {
      if (!period.isNull()) {
        periods.computeIfAbsent(period, any -> new ArrayList<>()).add(day);
      }
    });
    List<List<LocalDateTime>> inOrder = List.copyOf(periods.values());
    for (int i = count; i < inOrder.size(); i++) {
      List<LocalDateTime> before = inOrder.get(i - count);
      for (int place = 0; place < inOrder.get(i).size(); place++) {
        LocalDateTime source = before.get(Math.min(place, before.size() - 1));
        shown.computeIfAbsent(source, any -> new ArrayList<>()).add(inOrder.get(i).get(place));
      }
    }
  }

  @Override
  public List<LocalDateTime> places(LocalDateTime time, TimeGrain asked, LocalTimes times) {
    return shown.getOrDefault(times.floor(time, grain.base()), List.of());
  }
}
