// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;

/** The types of operators: what they take and give. */
final class CallTypes {
  private static final String COMPARED = "compared with";

  private final ValueTypes types;
  private final FunctionTypes functions;
  private final Arithmetic arithmetic;

  CallTypes(ValueTypes types) {
    this.types = types;
    this.functions = new FunctionTypes(types);
    this.arithmetic = new Arithmetic(types);
  }

  DataType of(SqlCall call) {
    return switch (call.getKind()) {
      case AND, OR, NOT, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> conditions(call);
      case IS_NULL, IS_NOT_NULL, EXISTS, UNIQUE -> DataType.BOOLEAN;
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM,
          BETWEEN ->
          compared(call.getOperandList());
      case IN, NOT_IN, SOME, ALL -> in(call);
      case LIKE, RLIKE, SIMILAR -> texts(call, call.getOperandList(), DataType.BOOLEAN);
      case PLUS, MINUS, TIMES, DIVIDE, MOD, MINUS_PREFIX, PLUS_PREFIX -> arithmetic.of(call);
      case CASE -> choice((SqlCase) call);
      case CAST, SAFE_CAST -> Casts.type(call, types);
      case EXTRACT -> functions.part(call);
      case OVER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS, DESCENDING, NULLS_FIRST, NULLS_LAST -> types.of(call.operand(0));
      case FILTER -> {
        types.condition(call.operand(1), "FILTER");
        yield types.of(call.operand(0));
      }
      case TRIM -> texts(call, call.getOperandList().subList(1, call.operandCount()), DataType.STRING);
      case POSITION -> texts(call, call.getOperandList().subList(0, 2), DataType.BIGINT);
      case ROW -> DataType.OTHER;
      case LITERAL_CHAIN -> throw types.invalid(call, "texts follow each other; put a comma or || between them.");
      default -> call.getOperator().getName().equals("||") ? joined(call)
          : call.getOperator().getName().equals("%") ? arithmetic.of(call) : functions.of(call);
    };
  }

  private DataType conditions(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    call.getOperandList().forEach(one -> types.condition(one, name));
    return DataType.BOOLEAN;
  }

  private DataType compared(List<SqlNode> operands) {
    boolean rows = operands.stream().anyMatch(one -> one.getKind() == SqlKind.ROW);
    if (!rows) {
      types.common(operands, COMPARED);
      return DataType.BOOLEAN;
    }
    int width = operands.getFirst() instanceof SqlCall row && row.getKind() == SqlKind.ROW ? row.operandCount() : 1;
    for (SqlNode operand : operands) {
      boolean same = SqlNodes.isQuery(operand) ? types.columns(operand).size() == width
          : operand instanceof SqlCall row && row.getKind() == SqlKind.ROW && row.operandCount() == width;
      if (!same) {
        throw types.invalid(operand, "a row is compared with a row of as many values, " + width + " here.");
      }
    }
    for (int i = 0; i < width; i++) {
      int place = i;
      types.common(operands.stream()
          .filter(one -> one.getKind() == SqlKind.ROW)
          .<SqlNode>map(one -> ((SqlCall) one).operand(place))
          .toList(), COMPARED);
    }
    return DataType.BOOLEAN;
  }

  private DataType in(SqlCall call) {
    if (!SqlNodes.isQuery(call.operand(1))) {
      List<SqlNode> all = new ArrayList<>(List.of(call.<SqlNode>operand(0)));
      all.addAll(ValueTypes.nodes(call.operand(1)));
      return compared(all);
    }
    List<DataType> columns = types.columns(call.operand(1));
    List<SqlNode> values = call.operand(0).getKind() == SqlKind.ROW ? ((SqlCall) call.operand(0)).getOperandList()
        : ValueTypes.nodes(call.operand(0));
    if (!columns.isEmpty() && columns.size() != values.size()) {
      throw types.invalid(call.operand(1), "the query has " + columns.size() + " columns; " + values.size() + " "
          + (values.size() == 1 ? "value is" : "values are") + " looked for in it.");
    }
    for (int i = 0; i < columns.size(); i++) {
      SqlNode value = values.get(i);
      types.use(value, columns.get(i));
      if (!types.fits(value, Family.of(columns.get(i)))) {
        throw types.fault(value, types.family(value).words() + " cannot be " + COMPARED + " " + Family.of(columns.get(i)).words()
            + ". CAST one of them.");
      }
    }
    return DataType.BOOLEAN;
  }

  private DataType texts(SqlCall call, List<SqlNode> operands, DataType result) {
    for (SqlNode operand : operands) {
      types.use(operand, DataType.STRING);
      if (!types.fits(operand, Family.TEXT)) {
        throw types.fault(operand, call.getOperator().getName().toUpperCase(Locale.ROOT) + " takes text, not "
            + types.family(operand).words() + ". CAST it to VARCHAR.");
      }
    }
    return result;
  }

  private DataType joined(SqlCall call) {
    boolean text = call.getOperandList().stream().map(types::family).anyMatch(family -> family == Family.TEXT || family == Family.OPEN);
    if (!text) {
      throw types.fault(call, "|| joins texts; here is " + types.family(call.operand(0)).words() + ". CAST it to VARCHAR.");
    }
    call.getOperandList().forEach(one -> types.use(one, DataType.STRING));
    return DataType.STRING;
  }

  private DataType choice(SqlCase choice) {
    SqlNode value = choice.getValueOperand();
    if (value == null) {
      choice.getWhenOperands().forEach(one -> types.condition(one, "WHEN"));
    } else {
      List<SqlNode> all = new ArrayList<>(List.of(value));
      all.addAll(choice.getWhenOperands());
      types.common(all, COMPARED);
    }
    List<SqlNode> results = new ArrayList<>(((SqlNodeList) choice.getThenOperands()).getList());
    if (choice.getElseOperand() != null) {
      results.add(Objects.requireNonNull(choice.getElseOperand()));
    }
    return types.common(results, "another result of CASE beside");
  }
}
