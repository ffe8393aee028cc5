// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.node;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A step of a plan. Columns have names; expressions refer to the columns of the inputs by these names. */
public sealed interface PlanNode {

  /** The names of the columns this step gives, in order, each once. */
  List<String> columns();

  /** The steps this one reads. */
  List<PlanNode> inputs();

  /** A column and how it is computed. */
  record Named(String name, Expr expr) {}

  /** The rows of a dataset; expressions are over the columns of its table. */
  record Scan(Dataset dataset, List<Named> outputs) implements PlanNode {
    @Override
    public List<String> columns() {
      return outputs.stream().map(Named::name).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }

  /** A declared calendar table; expressions are over its columns. */
  record Spine(TimeSpine spine, List<Named> outputs) implements PlanNode {
    @Override
    public List<String> columns() {
      return outputs.stream().map(Named::name).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }

  /** Each row once for every period from {@code first} to {@code last}: the columns it keeps, and the period's start in {@code column}. */
  record Calendar(PlanNode input, List<String> kept, Expr first, Expr last, TimeGrain grain, String column) implements PlanNode {
    @Override
    public List<String> columns() {
      return Stream.concat(kept.stream(), Stream.of(column)).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** Rows that several steps read, computed once; {@code name} is what the SQL calls them. */
  record Shared(String name, PlanNode input) implements PlanNode {
    @Override
    public List<String> columns() {
      return input.columns();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** Pairs of rows for which {@code on} holds; the inputs' names must differ. */
  record Join(PlanNode left, PlanNode right, Kind kind, Expr on) implements PlanNode {
    /** Which unmatched rows stay. */
    public enum Kind {
      INNER, LEFT, FULL,
      /** With the last of the right rows for which {@code on} holds: equations, and then one {@code <=} of a right column and a left one. */
      AS_OF
    }

    @Override
    public List<String> columns() {
      return Stream.concat(left.columns().stream(), right.columns().stream()).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(left, right);
    }
  }

  /** The rows for which {@code condition} is true. */
  record Filter(PlanNode input, Expr condition) implements PlanNode {
    @Override
    public List<String> columns() {
      return input.columns();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** Each row with exactly the given columns. */
  record Compute(PlanNode input, List<Named> outputs) implements PlanNode {
    @Override
    public List<String> columns() {
      return outputs.stream().map(Named::name).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** One row per distinct value of the keys, NULL being a value; without keys one row in all. */
  record Aggregate(PlanNode input, List<Named> keys, List<Aggregated> aggregates) implements PlanNode {
    @Override
    public List<String> columns() {
      return Stream.concat(keys.stream().map(Named::name), aggregates.stream().map(Aggregated::name)).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** An aggregate column: the function, its arguments, and a condition on the rows it sees. */
  record Aggregated(String name, Function function, List<Expr> arguments, Optional<Expr> where) {
    public static Aggregated of(String name, Aggregation aggregation, Expr argument) {
      return new Aggregated(name, Function.of(aggregation), List.of(argument), Optional.empty());
    }
  }

  /** Which aggregate, and what it gives. */
  record Function(Aggregation aggregation, Optional<Measure.Percentile> percentile, Optional<Measure.CustomAggregate> custom,
      Form form) {
    public static Function of(Aggregation aggregation) {
      return new Function(aggregation, Optional.empty(), Optional.empty(), Form.PLAIN);
    }

    public static Function of(Measure measure) {
      return of(measure, Form.PLAIN);
    }

    public static Function of(Measure measure, Form form) {
      return new Function(measure.aggregation(), measure.percentile(), measure.custom(), form);
    }

    public static Function wideSum() {
      return new Function(Aggregation.SUM, Optional.empty(), Optional.empty(), Form.WIDE);
    }
  }

  /** What an aggregate gives. */
  enum Form {
    PLAIN,
    /** A sum that may outgrow 64 bits, since only a mean is made of it. */
    WIDE,
    /** What its value can be estimated from: of values, and for percentiles how often each is there. */
    SKETCH,
    /** Its value as sketches tell it. */
    ESTIMATE
  }

  /** Each row with further columns computed over its partition. */
  record Window(PlanNode input, List<Windowed> outputs) implements PlanNode {
    @Override
    public List<String> columns() {
      return Stream.concat(input.columns().stream(), outputs.stream().map(Windowed::name)).toList();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** A window column: {@code argument} is ignored by {@link WindowFunction#ROW_NUMBER}. */
  record Windowed(String name, WindowFunction function, Expr argument, List<Expr> partition, List<SortKey> order, Frame frame) {}

  /** The window functions plans use. */
  enum WindowFunction {
    ROW_NUMBER, RANK, SUM, MIN, MAX, AVERAGE, COUNT, FIRST_VALUE, LAST_VALUE, LAG, LEAD
  }

  /** Which rows of the partition a window function sees. */
  sealed interface Frame {
    /** All of them. */
    record Whole() implements Frame {}

    /** Those up to the current one, and those that sort like it. */
    record UpTo() implements Frame {}

    /** Those not further than {@code length}, an interval, before the current one, and those that sort like it. */
    record Within(Expr length) implements Frame {}
  }

  /** Aggregated inputs met on their keys: a row for every key of any input, NULL keys being equal. */
  record Combine(List<PlanNode> parts, List<String> keys) implements PlanNode {
    @Override
    public List<String> columns() {
      List<String> names = new ArrayList<>(keys);
      parts.forEach(part -> part.columns().stream().filter(name -> !keys.contains(name)).forEach(names::add));
      return names;
    }

    @Override
    public List<PlanNode> inputs() {
      return parts;
    }
  }

  /** All rows of all parts; the first has all columns, and columns that others lack are NULL. */
  record Union(List<PlanNode> parts) implements PlanNode {
    @Override
    public List<String> columns() {
      return parts.getFirst().columns();
    }

    @Override
    public List<PlanNode> inputs() {
      return parts;
    }
  }

  /** Rows in order, and a stretch of them. */
  record Sort(PlanNode input, List<SortKey> keys, OptionalLong offset, OptionalLong limit) implements PlanNode {
    @Override
    public List<String> columns() {
      return input.columns();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** An expression to sort by; NULLs come last unless the order is descending on purpose of the caller. */
  record SortKey(Expr expr, boolean descending) {}

  /** Finished rows of another warehouse, in a table of the place where the rows of several warehouses meet. */
  record Elsewhere(PlanNode input, String warehouse, String table) implements PlanNode {
    @Override
    public List<String> columns() {
      return input.columns();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(input);
    }
  }

  /** The one row without columns that constants stand on. */
  record OneRow() implements PlanNode {
    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }
}
