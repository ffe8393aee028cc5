// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Conditions on a time; ranges are half-open on the time itself, whatever it is grouped by. */
record TimeConditions(CubeMember member, DatePhrases dates) {
  private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  Expr of(String operator, List<String> values) {
    return switch (operator) {
      case "inDateRange", "onTheDate" -> within(range(values));
      case "notInDateRange" -> outside(range(values));
      case "equals", "in" -> values.stream().map(this::at).reduce((a, b) -> Expr.call("or", a, b)).orElseThrow();
      case "notEquals", "notIn" -> values.stream().map(this::notAt).reduce((a, b) -> Expr.call("and", a, b)).orElseThrow();
      case "beforeDate", "lt" -> bound("<", point(values).start());
      case "beforeOrOnDate", "lte" -> bound("<", point(values).after());
      case "afterDate", "gt" -> bound(">=", point(values).after());
      case "afterOrOnDate", "gte" -> bound(">=", point(values).start());
      default -> throw Problem.of(QueryIssue.INVALID_FILTER,
          "Operator " + operator + " does not work for '" + member.name()
              + "', which is a time. Use inDateRange, beforeDate, afterDate ..");
    };
  }

  Expr within(DateRange range) {
    return Expr.call("and", bound(">=", range.start()), bound("<", range.after()));
  }

  private Expr outside(DateRange range) {
    Expr outside = Expr.call("or", bound("<", range.start()), bound(">=", range.after()));
    return Expr.call("or", outside, Expr.call("is null", Expr.column(member.item())));
  }

  private Expr at(String value) {
    return bound("=", dates.point(value).start());
  }

  private Expr notAt(String value) {
    return Expr.call("or", bound("<>", dates.point(value).start()), Expr.call("is null", Expr.column(member.item())));
  }

  private DateRange range(List<String> values) {
    return values.size() == 1 ? dates.range(values.getFirst()) : dates.between(values.getFirst(), values.get(1));
  }

  private DateRange point(List<String> values) {
    return dates.point(values.getFirst());
  }

  private Expr bound(String operator, LocalDateTime time) {
    return Expr.call(operator, Expr.column(item(time)), new Expr.Literal(DataType.TIMESTAMP, LITERAL.format(time)));
  }

  /** Each metric's own time has a grain of its own; whole days need not name one, so that coarser ones can be asked beside it. */
  private String item(LocalDateTime time) {
    boolean wholeDay = time.toLocalTime().equals(LocalTime.MIDNIGHT);
    return wholeDay && member.column().of().equals(ItemName.METRIC_TIME) ? ItemName.METRIC_TIME : member.item();
  }
}
