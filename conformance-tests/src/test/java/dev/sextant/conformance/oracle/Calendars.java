// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.scalar.Moments;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Where calendars begin and end that no range is asked for. */
final class Calendars {
  private final SemanticModel model;
  private final MeasureRows rows;
  private final TableRows tables;

  Calendars(SemanticModel model, MeasureRows rows, TableRows tables) {
    this.model = model;
    this.rows = rows;
    this.tables = tables;
  }

  /** The days of the declared calendar, else those from the first to the last of the measure's dataset. */
  Span of(Measure measure, LocalTimes times) {
    Stream<LocalDateTime> instants = model.timeSpines().isEmpty()
        ? rows.of(measure, Asked.of(List.of(), List.of(), times)).stream().flatMap(row -> row.time().stream())
        : model.timeSpines()
            .stream()
            .flatMap(
                spine -> tables.of(spine.source()).stream().flatMap(row -> times.of(row.evaluate(Expr.column(spine.column()))).stream()));
    List<LocalDateTime> days = instants.map(Moments::day).sorted().toList();
    return days.isEmpty() ? new Span(LocalDateTime.MIN, LocalDateTime.MIN) : new Span(days.getFirst(), days.getLast().plusDays(1));
  }
}
