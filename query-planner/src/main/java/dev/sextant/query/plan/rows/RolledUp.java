// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.node.PlanNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of a rollup that stands in for the rows of {@code base}. {@code time} is the base's own time and {@code timeColumn} the column with
 * the starts of its periods; {@code columns} holds the column of each {@link MemberKey}, {@code measures} what each measure is merged from, and
 * {@code policies} the conditions on rows that the caller's policies demand. Where the table holds some of the times only, {@code rest} gives the
 * others.
 */
public record RolledUp(String name, Dataset table, Dataset base, Optional<Dimension.Time> time, Optional<TimeColumnOf> timeColumn,
    Map<String, Column> columns, List<Measured> measures, List<Expr> implied, List<Expr> policies, Optional<Rest> rest) {

  /** Plans the groups that the table lacks from the rows of the dataset. */
  public interface Rest {

    /** The groups with the given columns of the table, of those told apart by them. */
    PlanNode groups(List<String> columns);
  }

  /** The column of the base's own time and the grain of its periods. */
  public record TimeColumnOf(String name, TimeGrain grain) {}

  /** A column with the values of an item; times are truncated to {@code grain}. */
  public record Column(String name, Optional<TimeGrain> grain) {}

  /** A measure and the columns that hold its partial results. */
  public record Measured(dev.sextant.model.Measure measure, List<Part> parts) {
    public Measured {
      parts = List.copyOf(parts);
    }
  }

  /** A column of partial results, what merges them, and the end of the part's name. */
  public record Part(String suffix, String column, PlanNode.Function merge) {}

  public RolledUp {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    measures = List.copyOf(measures);
    implied = List.copyOf(implied);
    policies = List.copyOf(policies);
  }

  /** Whether both are the same rows, so that one pass over them does for both. */
  public boolean reads(RolledUp other) {
    return rest.isEmpty() && other.rest.isEmpty() && table.source().equals(other.table.source())
        && table.warehouse().equals(other.table.warehouse());
  }

  /** The same rows, with the conditions that hold for all of them as both tell. */
  public RolledUp and(RolledUp other) {
    List<Expr> both = Stream.concat(implied.stream(), other.implied.stream()).distinct().toList();
    return new RolledUp(name, table, base, time, timeColumn, columns, measures, both, policies, rest);
  }

  /** The columns that tell its rows apart, unless some of these come from elsewhere. */
  public Optional<List<String>> keys() {
    Stream<String> items = columns.values().stream().map(Column::name);
    return rest.isPresent() ? Optional.empty() : Optional.of(Stream.concat(items, timeColumn.stream().map(TimeColumnOf::name)).toList());
  }

  /** What a measure is merged from. */
  public Optional<Measured> measured(dev.sextant.model.Measure measure) {
    return measures.stream().filter(one -> one.measure().equals(measure)).findFirst();
  }
}
