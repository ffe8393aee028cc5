// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;

/** The types of functions, by their shapes. */
public final class FunctionTypes {
  /** Functions that mean nothing without OVER. */
  public static final Set<
      String> WINDOWED = new TreeSet<>(List.of("ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG",
          "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE"));
  /** Functions of times whose unit stands first or last, and those that take a count. */
  private static final Set<String> TRUNCATIONS = new TreeSet<>(List.of("DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC"));
  private static final Set<String> DIFFERENCES = new TreeSet<>(List.of("DATEDIFF", "DATE_DIFF"));

  private final ValueTypes types;

  FunctionTypes(ValueTypes types) {
    this.types = types;
  }

  DataType of(SqlCall call) {
    String name = SqlNodes.functionName(call);
    if (TRUNCATIONS.contains(name) || name.equals("TRUNC") && call.operandCount() == 2 && isTruncation(call)) {
      return ofTimes(call, 1, DataType.TIMESTAMP);
    }
    if (DIFFERENCES.contains(name)) {
      return ofTimes(call, 2, DataType.BIGINT);
    }
    String shape = switch (name) {
      case "TRUNC" -> "ROUND";
      case "SUBSTRING" -> "SUBSTR";
      case "DATE_ADD" -> call.operandCount() == 2 ? "DATE_SUB" : "DATEADD";
      case "TO_TIMESTAMP" -> call.operandCount() == 2 ? "TO_DATE" : "SQRT";
      default -> name;
    };
    DataType type = FunctionShape.of(shape).map(found -> of(call, found, name)).orElse(DataType.OTHER);
    return name.equals("TO_TIMESTAMP") || name.equals("DATE_ADD") ? DataType.TIMESTAMP : name.equals("DATE") ? DataType.DATE : type;
  }

  private boolean isTruncation(SqlCall call) {
    return call.getOperandList().stream().anyMatch(one -> types.family(one) == Family.TIME);
  }

  /** {@code EXTRACT(unit FROM x)}. */
  DataType part(SqlCall call) {
    require(call.operand(1), 'w', "EXTRACT");
    return DataType.BIGINT;
  }

  private DataType of(SqlCall call, FunctionShape shape, String name) {
    List<SqlNode> operands = call.getOperandList().stream().filter(one -> !(one instanceof SqlNodeList)).toList();
    if (!shape.takes(operands.size())) {
      throw types.invalid(call, name + " takes " + shape.counts() + ", not " + operands.size() + ".");
    }
    List<SqlNode> alike = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      char letter = shape.argument(i).orElseThrow();
      if (letter == 'c') {
        alike.add(operands.get(i));
      } else {
        require(operands.get(i), letter, name);
      }
    }
    DataType common = alike.isEmpty() ? DataType.OTHER : types.common(alike, "an argument of " + name + " beside");
    return switch (shape.result()) {
      case 'c' -> common;
      case '1' -> types.of(operands.getFirst());
      case 'n' -> name.equals("SUM") ? sum(types.of(operands.getFirst())) : DataType.DOUBLE;
      default -> FunctionShape.type(shape.result());
    };
  }

  private static DataType sum(DataType of) {
    return switch (of.kind()) {
      case DOUBLE, INTERVAL, OTHER -> of;
      default -> Arithmetic.NUMBER;
    };
  }

  private void require(SqlNode operand, char letter, String function) {
    if (letter == 'u' && operand instanceof SqlIdentifier) {
      return;
    }
    types.use(operand, FunctionShape.type(letter));
    Family own = types.family(operand);
    boolean constant = ValueTypes.constant(operand).isPresent();
    boolean fits = switch (letter) {
      case 'w' -> own == Family.TIME || own == Family.INTERVAL || own == Family.CLOCK || own == Family.OPEN;
      case 'x' -> own != Family.TEXT && own != Family.TRUTH;
      case 's' -> own == Family.NUMBER || own == Family.INTERVAL || own == Family.OPEN;
      case 'n', 'd', 'v' -> own == Family.OPEN || own == FunctionShape.family(letter);
      case 'k' -> isWhole(operand, own);
      default -> types.fits(operand, FunctionShape.family(letter));
    };
    if (!fits) {
      throw types.fault(operand, function + " takes " + words(letter) + " here, not " + own.words() + "." + hint(letter, own, constant));
    }
  }

  private boolean isWhole(SqlNode operand, Family own) {
    return own == Family.OPEN || own == Family.NUMBER && types.of(operand).kind() != DataType.Kind.DOUBLE
        && !(operand instanceof SqlNumericLiteral number && !number.isInteger());
  }

  private static String words(char letter) {
    return switch (letter) {
      case 'k' -> "a whole number";
      case 'w' -> "a time or an interval";
      case 'x' -> "a time or a number";
      case 's' -> "a number or an interval";
      default -> FunctionShape.family(letter).words();
    };
  }

  private static String hint(char letter, Family own, boolean constant) {
    return switch (letter) {
      case 'd', 'w' -> constant ? " Write TIMESTAMP before it." : " CAST it to TIMESTAMP.";
      case 't' -> " CAST it to VARCHAR.";
      case 'k' -> own == Family.NUMBER ? " CAST it to BIGINT." : "";
      case 'n' -> own == Family.TEXT ? " CAST it to DECIMAL." : "";
      default -> "";
    };
  }

  /** A function of so many times, whose other arguments are constants or names: the unit. */
  private DataType ofTimes(SqlCall call, int times, DataType result) {
    String name = SqlNodes.functionName(call).toUpperCase(Locale.ROOT);
    Optional<SqlNode> wrong = call.getOperandList()
        .stream()
        .filter(one -> types.family(one) != Family.TIME && types.family(one) != Family.OPEN && types.family(one) != Family.INTERVAL
            && !ValueTypes.isFlexible(one))
        .findFirst();
    long found = call.getOperandList().stream().filter(one -> types.family(one) != Family.TEXT || one instanceof SqlDynamicParam).count();
    if (wrong.isPresent() || found < times) {
      SqlNode at = wrong.orElse(call.operandCount() == 0 ? call : call.operand(call.operandCount() - 1));
      throw types.fault(at,
          name + " takes a date or timestamp here, not " + types.family(at).words() + ". Write TIMESTAMP before a constant.");
    }
    boolean known = call.getOperandList().stream().filter(one -> types.family(one) == Family.TIME).count() >= times;
    call.getOperandList().forEach(one -> types.use(one, known ? DataType.STRING : DataType.TIMESTAMP));
    return result;
  }
}
