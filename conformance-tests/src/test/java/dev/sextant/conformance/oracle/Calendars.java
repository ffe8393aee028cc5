// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.Scalars;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where calendars begin and end that no range is asked for, and which of their days can be shown. */
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

  /** Whether a day without rows can be shown: all that is asked of time alone holds for it. */
  boolean shows(LocalDateTime day, Asked asked) {
    Members members = new Members(tables, asked.times());
    return asked.conditions().stream().allMatch(condition -> {
      Conditions read = Conditions.read(List.of(condition), model);
      if (read.ofTime().isEmpty()) {
        return true;
      }
      if (read.ofTime().size() < read.items().size()) {
        throw new UnknownToTheOracle("days without rows where a condition is on time and on something else");
      }
      return new Scalars(name -> members.period(day, Objects.requireNonNull(read.items().get(name)), TimeGrain.DAY)).holds(condition);
    });
  }
}
