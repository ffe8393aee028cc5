// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads filters: members in dbt's braces become columns under their dundered names, metrics in braces stay. */
public final class FilterReader {
  private FilterReader() {}

  /** Parses a filter of a query. */
  public static Expr read(String text) {
    return normalize(ExprParser.parse(text, new Position("", 1, 1)));
  }

  /** Returns the filter with every dimension and entity in braces as a column under its dundered name. */
  public static Expr normalize(Expr filter) {
    return filter.rewrite(node -> switch (node) {
      case Expr.Member member when member.kind() != Expr.MemberKind.METRIC -> new Expr.Column(nameOf(member), member.at());
      case Expr.Member metric -> checked(metric);
      case Expr.Literal literal -> literal;
      case Expr.Interval interval -> interval;
      case Expr.Column column -> column;
      case Expr.Call call -> call;
      case Expr.Case choice -> choice;
      case Expr.Cast cast -> cast;
    });
  }

  private static Expr checked(Expr.Member metric) {
    if (metric.groupBy().size() != 1) {
      throw Problem.of(QueryIssue.INVALID_FILTER,
          "Metric('" + metric.name() + "') in a filter needs exactly one entity in group_by, not " + metric.groupBy().size() + ".");
    }
    return metric;
  }

  private static String nameOf(Expr.Member member) {
    List<String> parts = new ArrayList<>(member.entityPath());
    parts.add(member.name());
    member.grain().ifPresent(parts::add);
    Optional<DatePart> part = member.part();
    part.ifPresent(value -> parts.add("extract_" + value.label()));
    return String.join("__", parts);
  }

  /** Splits a conjunction into its parts. */
  public static List<Expr> conjuncts(Expr filter) {
    List<Expr> parts = new ArrayList<>();
    collect(filter, parts);
    return parts;
  }

  private static void collect(Expr filter, List<Expr> parts) {
    if (filter instanceof Expr.Call call && call.operator().equals("and")) {
      call.arguments().forEach(argument -> collect(argument, parts));
    } else {
      parts.add(filter);
    }
  }
}
