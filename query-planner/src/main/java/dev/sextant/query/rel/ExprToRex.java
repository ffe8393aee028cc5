// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Types expressions: our trees become Calcite's row expressions, or a typed error that says which parts do not go together. */
final class ExprToRex {
  private static final int MICROS = 6;
  private static final int NANO_DIGITS = 9;
  private static final int LAST_YEAR = 9999;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");

  private final RexBuilder rex;
  private final Function<String, RexNode> columns;
  private final Calls calls;

  ExprToRex(RexBuilder rex, Function<String, RexNode> columns) {
    this.rex = rex;
    this.columns = columns;
    this.calls = new Calls(rex);
  }

  RexNode convert(Expr expr) {
    return switch (expr) {
      case Expr.Column column -> columns.apply(column.name());
      case Expr.Literal literal -> literal(literal);
      case Expr.Interval interval -> interval(interval);
      case Expr.Cast cast -> rex.makeAbstractCast(Types.toCalcite(cast.type(), rex.getTypeFactory()), convert(cast.value()), false);
      case Expr.Call call -> call(call);
      case Expr.Case choice -> choice(choice);
      case Expr.Member member -> throw Problem.of(QueryIssue.INVALID_FILTER, "'" + member.name() + "' cannot stand here.");
    };
  }

  /** Converts a condition; a typed error if it is no truth value. */
  RexNode condition(Expr expr) {
    RexNode node = convert(expr);
    return switch (node.getType().getSqlTypeName()) {
      case BOOLEAN, ANY, NULL -> RexUtil.flatten(rex, node);
      default -> throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "'" + Texts.of(expr) + "' is of type " + Types.fromCalcite(node.getType()) + ", but a filter must be true or false.");
    };
  }

  private RexNode call(Expr.Call call) {
    List<RexNode> arguments = new ArrayList<>();
    call.arguments().forEach(argument -> arguments.add(convert(argument)));
    aligned(call, arguments);
    return calls.make(call, arguments);
  }

  /** Text constants beside times are read as times, so that a malformed one is found here and not in the warehouse. */
  private void aligned(Expr.Call call, List<RexNode> arguments) {
    if (!Calls.compares(call.operator())) {
      return;
    }
    RelDataType temporal = null;
    for (RexNode argument : arguments) {
      if (isTemporal(argument.getType())) {
        temporal = argument.getType();
      }
    }
    for (int i = 0; temporal != null && i < arguments.size(); i++) {
      if (call.arguments().get(i) instanceof Expr.Literal literal && literal.type().equals(DataType.STRING)) {
        arguments.set(i, timestamp(literal.text()));
      }
    }
  }

  static boolean isTemporal(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  private RexNode choice(Expr.Case choice) {
    List<RexNode> results = new ArrayList<>();
    choice.whens().forEach(when -> results.add(convert(when.result())));
    results.add(
        choice.otherwise().map(this::convert).orElseGet(() -> rex.makeNullLiteral(rex.getTypeFactory().createSqlType(SqlTypeName.NULL))));
    List<RelDataType> types = results.stream().map(RexNode::getType).toList();
    RelDataType common = rex.getTypeFactory().leastRestrictive(types);
    if (common == null) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "the branches of '" + Texts.of(choice) + "' have different types: "
          + types.stream().map(type -> Types.fromCalcite(type).toString()).distinct().toList() + ".");
    }
    List<RexNode> operands = new ArrayList<>();
    for (int i = 0; i < choice.whens().size(); i++) {
      operands.add(condition(choice.whens().get(i).condition()));
      operands.add(results.get(i));
    }
    operands.add(results.getLast());
    return rex.makeCall(rex.getTypeFactory().createTypeWithNullability(common, true), SqlStdOperatorTable.CASE, operands);
  }

  private RexNode literal(Expr.Literal literal) {
    return switch (literal.type().kind()) {
      case NULL -> rex.makeNullLiteral(rex.getTypeFactory().createSqlType(SqlTypeName.NULL));
      case BOOLEAN -> rex.makeLiteral(Boolean.parseBoolean(literal.text()));
      case INTEGER, BIGINT -> integer(literal.text());
      case DECIMAL -> rex.makeExactLiteral(new BigDecimal(literal.text()));
      case DOUBLE -> rex.makeApproxLiteral(new BigDecimal(literal.text()));
      case STRING -> rex.makeLiteral(literal.text(), rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
      case DATE -> rex.makeDateLiteral(new DateString(DAY.format(parsed(literal.text()))));
      case TIMESTAMP, TIMESTAMP_TZ -> timestamp(literal.text());
      case TIME -> rex.makeTimeLiteral(new TimeString(literal.text()), MICROS);
      case INTERVAL, BINARY, OTHER -> throw Problem.of(QueryIssue.UNSUPPORTED, "'" + literal.text() + "' is of a type without constants.");
    };
  }

  private RexNode integer(String text) {
    BigDecimal value = new BigDecimal(text);
    boolean small = value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    return rex.makeExactLiteral(value, rex.getTypeFactory().createSqlType(small ? SqlTypeName.INTEGER : SqlTypeName.BIGINT));
  }

  private RexNode timestamp(String text) {
    LocalDateTime time = parsed(text);
    if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
      throw Problem.of(QueryIssue.INVALID_TIME_RANGE,
          "the asked times, with what windows and offsets add to them, reach beyond the years 1 to " + LAST_YEAR + ".");
    }
    String seconds = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(time);
    TimestampString value = new TimestampString(seconds);
    return time.getNano() == 0 ? rex.makeTimestampLiteral(value, 0)
        : rex.makeTimestampLiteral(value.withNanos(time.getNano()), time.getNano() % 1000 == 0 ? MICROS : NANO_DIGITS);
  }

  private static LocalDateTime parsed(String text) {
    try {
      String iso = text.strip().replace(' ', 'T');
      return iso.contains("T") ? LocalDateTime.parse(iso) : java.time.LocalDate.parse(iso).atStartOfDay();
    } catch (DateTimeParseException e) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "'" + text + "' is compared with a time but is none. Write 2026-01-31 or 2026-01-31 10:30:00.");
    }
  }

  private RexNode interval(Expr.Interval interval) {
    return interval(rex, interval.count(), interval.grain());
  }

  static RexNode interval(RexBuilder rex, long count, TimeGrain grain) {
    return switch (grain) {
      case YEAR -> months(rex, count, TimeUnit.YEAR, 12);
      case QUARTER -> months(rex, count * 3, TimeUnit.MONTH, 1);
      case MONTH -> months(rex, count, TimeUnit.MONTH, 1);
      case WEEK -> millis(rex, count * 7, TimeUnit.DAY);
      case DAY -> millis(rex, count, TimeUnit.DAY);
      case HOUR -> millis(rex, count, TimeUnit.HOUR);
      case MINUTE -> millis(rex, count, TimeUnit.MINUTE);
      case SECOND -> millis(rex, count, TimeUnit.SECOND);
      case MILLISECOND, MICROSECOND, NANOSECOND ->
          throw Problem.of(QueryIssue.UNSUPPORTED, "intervals finer than a second are not supported.");
    };
  }

  private static RexNode months(RexBuilder rex, long count, TimeUnit unit, int monthsEach) {
    return rex.makeIntervalLiteral(BigDecimal.valueOf(count * monthsEach), new SqlIntervalQualifier(unit, null, SqlParserPos.ZERO));
  }

  private static RexNode millis(RexBuilder rex, long count, TimeUnit unit) {
    return rex.makeIntervalLiteral(BigDecimal.valueOf(count).multiply(unit.multiplier),
        new SqlIntervalQualifier(unit, null, SqlParserPos.ZERO));
  }
}
