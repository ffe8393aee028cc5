// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** The types of sums, products and their like: of numbers, and of times and intervals. */
final class Arithmetic {
  private static final DataType INTERVAL = new DataType(DataType.Kind.INTERVAL, 0, 0);
  /** A number of which only the warehouse knows the digits. */
  static final DataType NUMBER = DataType.decimal(38, 0);

  private final ValueTypes types;

  Arithmetic(ValueTypes types) {
    this.types = types;
  }

  DataType of(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    Family left = types.family(operands.getFirst());
    if (operands.size() == 1) {
      return left == Family.INTERVAL ? INTERVAL : numbers(call);
    }
    Family right = types.family(operands.getLast());
    return switch (call.getKind()) {
      case PLUS, MINUS -> sum(call, left, right);
      case TIMES -> left == Family.INTERVAL && right != Family.INTERVAL ? scaled(operands.getLast(), call)
          : right == Family.INTERVAL && left != Family.INTERVAL ? scaled(operands.getFirst(), call) : numbers(call);
      case DIVIDE -> {
        numbers(call);
        yield DataType.DOUBLE;
      }
      default -> numbers(call);
    };
  }

  private DataType sum(SqlCall call, Family left, Family right) {
    SqlNode first = call.operand(0);
    SqlNode second = call.operand(1);
    boolean minus = call.getKind() == SqlKind.MINUS;
    if (left == Family.TIME || left == Family.CLOCK) {
      return fromTime(call, first, second, right);
    }
    if (right == Family.TIME && !minus) {
      return fromTime(call, second, first, left);
    }
    if (left == Family.INTERVAL || right == Family.INTERVAL) {
      boolean fits = (left == Family.INTERVAL || left == Family.OPEN) && (right == Family.INTERVAL || right == Family.OPEN);
      if (!fits && !(left == Family.INTERVAL && right == Family.CLOCK)) {
        throw unlike(call, left, right);
      }
      return left == Family.OPEN ? DataType.OTHER : INTERVAL;
    }
    return left == Family.OPEN && right == Family.OPEN ? DataType.OTHER : numbers(call);
  }

  private DataType fromTime(SqlCall call, SqlNode time, SqlNode other, Family family) {
    boolean day = types.of(time).kind() == DataType.Kind.DATE;
    boolean difference = call.getKind() == SqlKind.MINUS;
    return switch (family) {
      case INTERVAL -> types.family(time) == Family.CLOCK ? DataType.TIME : DataType.TIMESTAMP;
      case OPEN -> DataType.OTHER;
      case NUMBER -> {
        if (!day || !isWhole(types.of(other))) {
          throw types.fault(other, "a number cannot be added to a timestamp; write INTERVAL '1 day'.");
        }
        yield DataType.DATE;
      }
      case TIME -> {
        if (!difference || types.family(time) == Family.CLOCK) {
          throw types.fault(call, "times cannot be added to each other; add an INTERVAL.");
        }
        yield day && types.of(other).kind() == DataType.Kind.DATE ? DataType.BIGINT : INTERVAL;
      }
      case TEXT, CLOCK, TRUTH, BINARY -> throw unlike(call, types.family(time), family);
    };
  }

  private static boolean isWhole(DataType type) {
    return type.kind() == DataType.Kind.INTEGER || type.kind() == DataType.Kind.BIGINT;
  }

  private DataType scaled(SqlNode factor, SqlCall call) {
    if (!types.fits(factor, Family.NUMBER)) {
      throw unlike(call, types.family(call.operand(0)), types.family(call.operand(1)));
    }
    types.use(factor, DataType.BIGINT);
    return INTERVAL;
  }

  private DataType numbers(SqlCall call) {
    DataType result = DataType.OTHER;
    for (SqlNode operand : call.getOperandList()) {
      if (!types.fits(operand, Family.NUMBER)) {
        throw types.fault(operand, "'" + call.getOperator().getName() + "' takes numbers, not " + types.family(operand).words() + ".");
      }
      result = ValueTypes.wider(result, types.of(operand));
    }
    DataType used = result;
    call.getOperandList().forEach(one -> types.use(one, used));
    return switch (Family.of(result) == Family.NUMBER ? result.kind() : DataType.Kind.OTHER) {
      case INTEGER, BIGINT -> DataType.BIGINT;
      case DOUBLE -> DataType.DOUBLE;
      default -> NUMBER;
    };
  }

  private RuntimeException unlike(SqlCall call, Family left, Family right) {
    return types.fault(call, "'" + call.getOperator().getName() + "' cannot take " + left.words() + " and " + right.words() + ".");
  }
}
