// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A scalar expression of the definition language: SQL without sub-queries, plus the members dbt writes in braces. What a {@link Column}
 * names depends on the place: a table's column in a dataset, an input's alias in a derived metric, a group-by item in a filter.
 */
public sealed interface Expr {
  /** Chains of and / or with more parts become balanced trees, so that a thousand conditions are not a thousand levels. */
  int LONGEST_CHAIN = 100;

  /** The parts of this node, left to right. */
  List<Expr> children();

  /** A constant; {@code text} is its canonical form: digits, the string itself, {@code true}, {@code 2026-01-31 00:00:00}, empty for NULL. */
  record Literal(DataType type, String text) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }
  }

  /** A length of time, such as {@code INTERVAL '1 day'}. */
  record Interval(long count, TimeGrain grain) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }
  }

  /** A name, with dots where it is qualified. */
  record Column(String name, Span at) implements Expr {
    public Column(String name) {
      this(name, Span.NONE);
    }

    @Override
    public List<Expr> children() {
      return List.of();
    }
  }

  /**
   * A member of the model, as dbt's braces name it: {@code {{ TimeDimension('listing__ds', 'week', entity_path=['user']) }}}. A name
   * without braces becomes a {@link Column}.
   */
  record Member(MemberKind kind, String name, List<String> entityPath, Optional<String> grain, Optional<DatePart> part,
      List<String> groupBy, Span at) implements Expr {
    public Member {
      entityPath = List.copyOf(entityPath);
      groupBy = List.copyOf(groupBy);
    }

    @Override
    public List<Expr> children() {
      return List.of();
    }
  }

  /** What a {@link Member} names. */
  enum MemberKind {
    DIMENSION, TIME_DIMENSION, ENTITY, METRIC
  }

  /**
   * An operator or function with a lower-case name: {@code +}, {@code and}, {@code is null}, {@code in}, {@code between}, {@code ||},
   * {@code nullif}, {@code extract_year} ...
   */
  record Call(String operator, List<Expr> arguments, Span at) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    public Call(String operator, List<Expr> arguments) {
      this(operator, arguments, Span.NONE);
    }

    @Override
    public List<Expr> children() {
      return arguments;
    }
  }

  /** {@code CASE WHEN condition THEN result .. ELSE otherwise END}; the simple form is read as comparisons. */
  record Case(List<When> whens, Optional<Expr> otherwise) implements Expr {
    public Case {
      whens = List.copyOf(whens);
    }

    @Override
    public List<Expr> children() {
      List<Expr> parts = new ArrayList<>();
      whens.forEach(when -> {
        parts.add(when.condition());
        parts.add(when.result());
      });
      otherwise.ifPresent(parts::add);
      return parts;
    }
  }

  /** One arm of a {@link Case}. */
  record When(Expr condition, Expr result) {}

  /** {@code CAST(value AS type)}. */
  record Cast(Expr value, DataType type) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of(value);
    }
  }

  /** Returns a copy in which {@code change} was applied to every node, children first. */
  default Expr rewrite(UnaryOperator<Expr> change) {
    Expr inner = switch (this) {
      case Literal literal -> literal;
      case Interval interval -> interval;
      case Column column -> column;
      case Member member -> member;
      case Call call -> new Call(call.operator, call.arguments.stream().map(part -> part.rewrite(change)).toList(), call.at);
      case Case choice -> new Case(
          choice.whens.stream().map(when -> new When(when.condition().rewrite(change), when.result().rewrite(change))).toList(),
          choice.otherwise.map(part -> part.rewrite(change)));
      case Cast cast -> new Cast(cast.value.rewrite(change), cast.type);
    };
    return change.apply(inner);
  }

  /** Calls {@code visitor} for this node and everything below it, parents first. */
  default void visit(Consumer<Expr> visitor) {
    visitor.accept(this);
    children().forEach(child -> child.visit(visitor));
  }

  /** Returns the calls' conjunction, balanced where it is long; TRUE for none, which says nothing among others. */
  static Expr and(List<Expr> conditions) {
    Expr always = new Literal(DataType.BOOLEAN, "true");
    List<Expr> telling = conditions.stream().filter(condition -> !condition.equals(always)).toList();
    int half = telling.size() / 2;
    return telling.size() > LONGEST_CHAIN
        ? call("and", and(telling.subList(0, half)), and(telling.subList(half, telling.size())))
        : telling.stream().reduce((a, b) -> call("and", a, b)).orElse(always);
  }

  static Expr call(String operator, Expr... arguments) {
    return new Call(operator, List.of(arguments));
  }

  static Expr column(String name) {
    return new Column(name);
  }

  static Expr string(String text) {
    return new Literal(DataType.STRING, text);
  }

  static Expr number(long value) {
    return new Literal(DataType.BIGINT, Long.toString(value));
  }
}
