// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import com.google.common.collect.ImmutableList;
import dev.sextant.query.rel.Operators;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

/** Calls and constants as PostgreSQL must be told them, to get the values and types that their types promise. */
final class PostgresExprs extends RexShuttle {
  private static final List<String> REAL_FUNCTIONS = List.of("SQRT", "LN", "LOG", "LOG10", "EXP", "POWER", "POW");
  /** Leaves 20 digits before the point of the 38 there are. */
  private static final int LARGEST_SCALE = 18;
  private static final int LARGEST_PRECISION = 38;
  private static final int NANOS_IN_MICRO = 1_000;
  private static final int MICROS = 6;

  private final RexBuilder rex;

  PostgresExprs(RexBuilder rex) {
    this.rex = rex;
  }

  /** An aggregate's value in the type it is said to have: PostgreSQL widens it to a number without scale. */
  RexNode typed(RexNode value, SqlAggFunction function, List<RelDataType> arguments) {
    RelDataType type = value.getType();
    boolean widened = switch (function.getKind()) {
      case SUM, SUM0 -> isWhole(type) || isScaled(type);
      case MIN, MAX -> isScaled(type);
      case AVG, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP ->
          isScaled(type) || type.getSqlTypeName() == SqlTypeName.DOUBLE && !isReal(arguments.getFirst());
      default -> function instanceof Operators.Percentile && isScaled(type);
    };
    return widened ? cast(type, value) : value;
  }

  private static boolean isWhole(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.BIGINT || type.getSqlTypeName() == SqlTypeName.INTEGER;
  }

  private static boolean isScaled(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL && type.getScale() <= LARGEST_SCALE;
  }

  private static boolean isReal(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case FLOAT, REAL, DOUBLE, ANY -> true;
      default -> false;
    };
  }

  /** A text that compares by its bytes. */
  RexNode bytewise(RexNode text) {
    return rex.makeCall(text.getType(), Spelled.BYTEWISE_TEXT, List.of(text(text)));
  }

  /** A column may hold an enumeration or the like, which is a text to us but not to PostgreSQL. */
  RexNode text(RexNode value) {
    return value instanceof RexInputRef ? cast(SqlTypeName.VARCHAR, value) : value;
  }

  private RexNode cast(RelDataType type, RexNode value) {
    return value.isA(SqlKind.CAST) && value.getType().equals(type) ? value : rex.makeAbstractCast(type, value, false);
  }

  private RexNode cast(SqlTypeName type, RexNode value) {
    RelDataType plain = rex.getTypeFactory().createSqlType(type);
    return cast(rex.getTypeFactory().createTypeWithNullability(plain, true), value);
  }

  /** PostgreSQL reads {@code 5E-1} as an exact number, and rounds times to microseconds where it should look for the next one. */
  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    if (literal.isNull()) {
      return literal;
    }
    return switch (literal.getType().getSqlTypeName()) {
      case FLOAT, REAL, DOUBLE -> cast(literal.getType(), rex.makeExactLiteral(number(literal)));
      case TIMESTAMP -> inMicros(literal);
      default -> literal;
    };
  }

  private static BigDecimal number(RexLiteral literal) {
    BigDecimal value = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private RexNode inMicros(RexLiteral literal) {
    TimestampString time = Objects.requireNonNull(literal.getValueAs(TimestampString.class));
    LocalDateTime at = LocalDateTime.parse(time.toString().replace(' ', 'T'));
    int beyond = at.getNano() % NANOS_IN_MICRO;
    if (beyond == 0) {
      return literal;
    }
    LocalDateTime next = at.plusNanos(NANOS_IN_MICRO - beyond);
    return rex.makeTimestampLiteral(new TimestampString(
        next.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))).withNanos(next.getNano()), MICROS);
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexOver visited = (RexOver) super.visitOver(over);
    List<RelDataType> arguments = visited.getOperands().stream().map(RexNode::getType).toList();
    SqlAggFunction function = PostgresRel.function(visited.getAggOperator(), arguments);
    ImmutableList<RexFieldCollation> order = visited.getWindow().orderKeys.stream()
        .map(key -> PostgresRel.isText(key.left.getType()) ? new RexFieldCollation(bytewise(key.left), key.right) : key)
        .collect(ImmutableList.toImmutableList());
    RexNode spelled = rex.makeOver(visited.getType(), function, visited.getOperands(), visited.getWindow().partitionKeys, order,
        visited.getWindow().getLowerBound(), visited.getWindow().getUpperBound(), visited.getWindow().getExclude(),
        visited.getWindow().isRows(), true, false, visited.isDistinct(), visited.ignoreNulls());
    return typed(spelled, visited.getAggOperator(), arguments);
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexCall call = (RexCall) super.visitCall(original);
    return switch (call.getKind()) {
      case CAST -> castCall(call);
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> ordered(call);
      case LIKE -> like(call);
      case MOD -> modulo(call);
      default -> named(call);
    };
  }

  private RexNode named(RexCall call) {
    String name = call.getOperator().getName();
    if (name.startsWith("EXTRACT_")) {
      return cast(call.getType(), call);
    }
    if (REAL_FUNCTIONS.contains(name)) {
      return mapped(call, operand -> operand.getType().getSqlTypeName() == SqlTypeName.DECIMAL ? cast(SqlTypeName.DOUBLE, operand)
          : operand);
    }
    return switch (name) {
      case "DATE_TRUNC" -> truncate(call);
      case "CALENDAR_PERIODS" -> calendar(call);
      case "GREATEST", "LEAST" -> ordered(call);
      case "||" -> concatenate(call);
      case "ROUND" -> round(call);
      default -> counted(call);
    };
  }

  private interface Change {
    RexNode of(RexNode operand);
  }

  private RexCall mapped(RexCall call, Change change) {
    List<RexNode> operands = call.getOperands().stream().map(change::of).toList();
    return (RexCall) rex.makeCall(call.getType(), call.getOperator(), operands);
  }

  /** Truth values become numbers, and numbers truth values, by way of INTEGER only. */
  private RexNode castCall(RexCall call) {
    RexNode value = call.getOperands().getFirst();
    SqlTypeName to = call.getType().getSqlTypeName();
    SqlTypeName from = value.getType().getSqlTypeName();
    if (value.isA(SqlKind.CAST) && value.getType().equals(call.getType())) {
      return value;
    }
    if (from == SqlTypeName.BOOLEAN && SqlTypeName.NUMERIC_TYPES.contains(to) && to != SqlTypeName.INTEGER) {
      return cast(call.getType(), cast(SqlTypeName.INTEGER, value));
    }
    if (to == SqlTypeName.BOOLEAN && SqlTypeName.NUMERIC_TYPES.contains(from)) {
      return rex.makeCall(SqlStdOperatorTable.NOT_EQUALS, value, rex.makeExactLiteral(BigDecimal.ZERO));
    }
    return call;
  }

  private RexNode ordered(RexCall call) {
    boolean texts = call.getOperands().stream().allMatch(operand -> PostgresRel.isText(operand.getType()));
    if (!texts) {
      return call;
    }
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    operands.set(0, bytewise(operands.getFirst()));
    return rex.makeCall(call.getType(), call.getOperator(), operands);
  }

  /** A backslash in a pattern stands for itself unless the query names it as escape. */
  private RexNode like(RexCall call) {
    RexNode pattern = call.getOperands().get(1);
    boolean plain = pattern instanceof RexLiteral literal && String.valueOf(literal.getValueAs(String.class)).indexOf('\\') < 0;
    RexNode value = text(call.getOperands().getFirst());
    return plain ? rex.makeCall(call.getType(), call.getOperator(), List.of(value, pattern))
        : rex.makeCall(call.getType(), call.getOperator(), List.of(value, pattern, rex.makeLiteral("")));
  }

  private RexNode modulo(RexCall call) {
    boolean real = call.getOperands().stream().anyMatch(operand -> isReal(operand.getType()));
    RelDataType exact = rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, LARGEST_PRECISION, LARGEST_SCALE);
    return real ? cast(SqlTypeName.DOUBLE, mapped(call, operand -> cast(exact, operand))) : call;
  }

  /** Dates would be truncated as instants, and PostgreSQL knows nothing finer than microseconds. */
  private RexNode truncate(RexCall call) {
    RexNode unit = call.getOperands().get(0);
    RexNode time = call.getOperands().get(1);
    if ("nanosecond".equals(RexLiteral.stringValue(unit))) {
      return time;
    }
    return time.getType().getSqlTypeName() == SqlTypeName.DATE
        ? rex.makeCall(call.getType(), call.getOperator(), List.of(unit, cast(SqlTypeName.TIMESTAMP, time)))
        : call;
  }

  /** A series of dates would be one of instants with a time zone. */
  private RexNode calendar(RexCall call) {
    return mapped(call, operand -> operand.getType().getSqlTypeName() == SqlTypeName.DATE ? cast(SqlTypeName.TIMESTAMP, operand) : operand);
  }

  private RexNode concatenate(RexCall call) {
    boolean text = call.getOperands().stream().anyMatch(operand -> PostgresRel.isText(operand.getType()));
    return text ? call : mapped(call, operand -> cast(SqlTypeName.VARCHAR, operand));
  }

  /** PostgreSQL rounds binary numbers to even and to no digits; others round halves away from zero. */
  private RexNode round(RexCall call) {
    RexNode value = call.getOperands().getFirst();
    boolean constant = call.getOperands().size() < 2 || call.getOperands().get(1) instanceof RexLiteral;
    if (!isReal(value.getType()) || value.getType().getSqlTypeName() == SqlTypeName.ANY || !constant) {
      return call;
    }
    int digits = call.getOperands().size() < 2 ? 0 : RexLiteral.intValue(call.getOperands().get(1));
    RexNode power = rex.makeExactLiteral(BigDecimal.TEN.pow(Math.abs(digits)));
    RexNode scaled = digits == 0 ? value : real(digits > 0 ? SqlStdOperatorTable.MULTIPLY : SqlStdOperatorTable.DIVIDE, value, power);
    RexNode half = real(SqlStdOperatorTable.MULTIPLY, real(function("SIGN"), value), rex.makeExactLiteral(new BigDecimal("0.5")));
    RexNode whole = real(function("TRUNC"), real(SqlStdOperatorTable.PLUS, scaled, half));
    return digits == 0 ? whole : real(digits > 0 ? SqlStdOperatorTable.DIVIDE : SqlStdOperatorTable.MULTIPLY, whole, power);
  }

  private static SqlFunction function(String name) {
    return Operators.function(name, ReturnTypes.DOUBLE_NULLABLE);
  }

  private RexNode real(SqlOperator operator, RexNode... operands) {
    RelDataType type = rex.getTypeFactory().createTypeWithNullability(rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
    return rex.makeCall(type, operator, List.of(operands));
  }

  /** Lengths and positions are 64-bit numbers. */
  private RexNode counted(RexCall call) {
    boolean counts = call.getOperator() instanceof SqlFunction function && function.getFunctionType().isUserDefined()
        && call.getType().getSqlTypeName() == SqlTypeName.BIGINT;
    return counts ? cast(call.getType(), call) : call;
  }
}
