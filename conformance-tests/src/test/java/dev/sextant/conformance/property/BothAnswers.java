// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.oracle.ReferenceEngine;
import dev.sextant.conformance.oracle.TableRows;
import dev.sextant.conformance.scalar.Comparison;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.MetricQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The engine's answer beside the reference evaluator's. */
final class BothAnswers {
  static final String REFUSED = "refused: ";
  private static final List<String> GIVEN_UP = List.of("DEADLINE_EXCEEDED", "TOO_MANY_ROWS");
  private static final double TOLERANCE = 1e-9;

  private final Function<MetricQuery, Answer> engine;
  private final ReferenceEngine reference;

  BothAnswers(SemanticModel model, TableRows tables, Function<MetricQuery, Answer> engine) {
    this.engine = engine;
    this.reference = new ReferenceEngine(model, tables);
  }

  /** How the engine's answer differs, nothing if it does not. */
  Optional<String> difference(MetricQuery query) {
    Table expected = ordered(reference.answer(query), query);
    return switch (engine.apply(query)) {
      case Answer.Rows rows -> new TableDifference(TOLERANCE, !query.orderBy().isEmpty())
          .between(expected, rows.table());
      case Answer.Refusal refusal -> {
        if (GIVEN_UP.contains(refusal.complaints().getFirst().code())) {
          throw new UnknownToTheOracle("what nobody waits for");
        }
        yield Optional.of(REFUSED + refusal.complaints());
      }
    };
  }

  /** Orders by the group-by items that the query names, NULLs last, and cuts. */
  private static Table ordered(Table table, MetricQuery query) {
    List<String> names = query.groupBy().stream().map(MetricQuery.Item::name).toList();
    Comparator<List<Value>> order = Comparator.comparing(row -> 0);
    for (String item : query.orderBy()) {
      boolean descending = item.startsWith("-");
      int column = names.indexOf(descending ? item.substring(1) : item);
      order = order.thenComparing((a, b) -> compare(a.get(column), b.get(column), descending));
    }
    return new Table(table.columns(), table.rows().stream().sorted(order).limit(query.limit().orElse(Long.MAX_VALUE)).toList());
  }

  private static int compare(Value a, Value b, boolean descending) {
    if (a.isNull() || b.isNull()) {
      return Boolean.compare(a.isNull(), b.isNull());
    }
    return descending ? Comparison.compare(b, a) : Comparison.compare(a, b);
  }
}
