// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps of a semi-additive measure's rows those at the first or last time of each window; ties all stay. */
final class SemiAdditive {
  private final SemanticModel model;
  private final TableRows tables;

  SemiAdditive(SemanticModel model, TableRows tables) {
    this.model = model;
    this.tables = tables;
  }

  List<MeasureRows.Counted> choose(Measure measure, List<MeasureRows.Counted> rows, Asked asked) {
    return measure.nonAdditive().map(rule -> choose(measure, rule, rows, asked)).orElse(rows);
  }

  private List<MeasureRows.Counted> choose(Measure measure, Measure.NonAdditive rule, List<MeasureRows.Counted> rows, Asked asked) {
    Dataset dataset = model.dataset(measure.dataset()).orElseThrow();
    Dimension.Time time = dataset.timeDimension(rule.dimension()).orElseThrow();
    Map<List<Value>, LocalDateTime> chosen = new HashMap<>();
    for (MeasureRows.Counted row : rows) {
      time(row, time, asked)
          .ifPresent(at -> chosen.merge(window(row, at, dataset, rule, asked), at, (a, b) -> a.isAfter(b) == rule.last() ? a : b));
    }
    return rows.stream()
        .filter(row -> time(row, time, asked).filter(at -> at.equals(chosen.get(window(row, at, dataset, rule, asked)))).isPresent())
        .toList();
  }

  private static Optional<LocalDateTime> time(MeasureRows.Counted row, Dimension.Time time, Asked asked) {
    return asked.times().of(row.row().evaluate(time.expr())).map(at -> asked.times().floor(at, time.grain()));
  }

  /** The values of the grouping entities and the first asked period of the time. */
  private List<Value> window(MeasureRows.Counted row, LocalDateTime at, Dataset dataset, Measure.NonAdditive rule, Asked asked) {
    List<Value> window = new ArrayList<>();
    rule.windowGroupings().forEach(entity -> window.addAll(TableRows.keys(row.row(), dataset.entity(entity).orElseThrow())));
    Members members = new Members(tables, asked.times());
    asked.items().stream().filter(item -> item.isMetricTime() || item.element().equals(rule.dimension())).findFirst().ifPresent(item -> {
      if (item.part().isPresent()) {
        throw new UnknownToTheOracle("semi-additive measures by parts of dates");
      }
      window.add(members.period(at, item, dataset.timeDimension(rule.dimension()).orElseThrow().grain()));
    });
    return window;
  }
}
