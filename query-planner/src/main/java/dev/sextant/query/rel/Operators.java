// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.DataType;
import dev.sextant.model.Measure;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Optionality;

/** The operators our plans use beside Calcite's own. Dialects write those by name that their warehouse spells differently. */
public final class Operators {
  private static final int ADDITIVE = 40;
  private static final int COMPARISON = 30;
  private static final int POSTFIX = 94;

  /** {@code DATE_TRUNC('unit', time)}; dates stay dates. */
  public static final SqlFunction DATE_TRUNC = function("DATE_TRUNC", ReturnTypes.ARG1_NULLABLE);

  /** Each period from the first to the last operand, a row for each: {@code CALENDAR_PERIODS(first, last, interval)}. */
  public static final SqlFunction CALENDAR_PERIODS = function("CALENDAR_PERIODS", Operators::instant);

  /** {@code time + interval}. */
  public static final SqlOperator PLUS_INTERVAL = infix("+", ADDITIVE, Operators::temporalSum);

  /** {@code time - interval}. */
  public static final SqlOperator MINUS_INTERVAL = infix("-", ADDITIVE, Operators::temporalSum);

  /** {@code time AT TIME ZONE 'zone'}: between stored instants and local times. */
  public static final SqlOperator AT_TIME_ZONE = infix("AT TIME ZONE", POSTFIX, binding -> binding.getTypeFactory()
      .createTypeWithNullability(binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6), true));

  /** {@code value IN (a, b, ..)}. */
  public static final SqlOperator IN_LIST = new SqlSpecialOperator("IN", SqlKind.OTHER, COMPARISON, true, ReturnTypes.BOOLEAN_NULLABLE,
      InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC) {
    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      call.operand(0).unparse(writer, COMPARISON, COMPARISON);
      writer.keyword("IN");
      SqlWriter.Frame list = writer.startList("(", ")");
      call.getOperandList().subList(1, call.operandCount()).forEach(operand -> {
        writer.sep(",");
        operand.unparse(writer, 0, 0);
      });
      writer.endList(list);
    }
  };

  /** Pearson's correlation of two arguments. */
  public static final SqlAggFunction CORRELATION = aggregate("CORR", ReturnTypes.DOUBLE_NULLABLE);

  private Operators() {}

  private static org.apache.calcite.rel.type.RelDataType temporalSum(org.apache.calcite.sql.SqlOperatorBinding binding) {
    var factory = binding.getTypeFactory();
    var type = binding.getOperandType(0);
    var result = type.getSqlTypeName() == SqlTypeName.DATE ? factory.createSqlType(SqlTypeName.TIMESTAMP, 6) : type;
    return factory.createTypeWithNullability(result, true);
  }

  /** A function by its name, whose result type is what {@code type} infers. */
  public static SqlFunction function(String name, SqlReturnTypeInference type) {
    return new SqlFunction(new SqlIdentifier(name, SqlParserPos.ZERO), type, InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC, List.of(),
        SqlFunctionCategory.USER_DEFINED_FUNCTION) {
      @Override
      public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        writer.print(name);
        SqlWriter.Frame list = writer.startList("(", ")");
        call.getOperandList().forEach(operand -> {
          writer.sep(",");
          operand.unparse(writer, 0, 0);
        });
        writer.endList(list);
      }
    };
  }

  /** {@code EXTRACT(part FROM value)}, an integer. */
  public static SqlFunction extract(String part) {
    return new SqlFunction("EXTRACT_" + part, SqlKind.OTHER_FUNCTION, ReturnTypes.BIGINT_NULLABLE, InferTypes.FIRST_KNOWN,
        OperandTypes.VARIADIC, SqlFunctionCategory.TIMEDATE) {
      @Override
      public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        writer.print("EXTRACT");
        SqlWriter.Frame list = writer.startList("(", ")");
        writer.print(part + " FROM");
        writer.setNeedWhitespace(true);
        call.operand(0).unparse(writer, 0, 0);
        writer.endList(list);
      }
    };
  }

  /** Series of days are instants on every warehouse we know. */
  private static RelDataType instant(SqlOperatorBinding binding) {
    return binding.getTypeFactory().createTypeWithNullability(binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6), true);
  }

  private static SqlOperator infix(String name, int precedence, SqlReturnTypeInference type) {
    return new SqlSpecialOperator(name, SqlKind.OTHER, precedence, true, type, InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC) {
      @Override
      public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        call.operand(0).unparse(writer, precedence, precedence);
        writer.print(name);
        writer.setNeedWhitespace(true);
        call.operand(1).unparse(writer, precedence, precedence + 1);
        writer.endList(frame);
      }
    };
  }

  private static SqlAggFunction aggregate(String name, SqlReturnTypeInference type) {
    return new SqlAggFunction(name, null, SqlKind.OTHER_FUNCTION, type, InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION, false, false, Optionality.FORBIDDEN) {};
  }

  /**
   * A percentile of its operand: interpolated, an existing value, or an estimate. The fraction belongs to the operator, because warehouses want it
   * constant and a plan may put a sub-query between.
   */
  public static SqlAggFunction percentile(Measure.Percentile percentile) {
    String kind = percentile.discrete() ? "PERCENTILE_DISC" : percentile.approximate() ? "APPROX_PERCENTILE" : "PERCENTILE_CONT";
    return new Percentile(kind, percentile.fraction());
  }

  /** An aggregate with a fixed fraction; its name says which kind of percentile it is. */
  public static final class Percentile extends SqlAggFunction {
    private final double fraction;

    private Percentile(String kind, double fraction) {
      super(kind + "_" + fraction, null, SqlKind.OTHER_FUNCTION, ReturnTypes.ARG0_NULLABLE, InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC,
          SqlFunctionCategory.USER_DEFINED_FUNCTION, false, false, Optionality.FORBIDDEN);
      this.fraction = fraction;
    }

    /** Whether an estimate will do. */
    public boolean isApproximate() {
      return getName().startsWith("APPROX");
    }

    /** The fraction in (0, 1). */
    public double fraction() {
      return fraction;
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      writer.print(getName().startsWith("PERCENTILE_DISC") ? "PERCENTILE_DISC" : "PERCENTILE_CONT");
      writer.print("(" + java.math.BigDecimal.valueOf(fraction).toPlainString() + ") WITHIN GROUP (ORDER BY ");
      call.operand(0).unparse(writer, 0, 0);
      writer.print(")");
      writer.setNeedWhitespace(true);
    }
  }

  /** An aggregate with the type it is declared to have, where Calcite would infer another or that it is never NULL. */
  static SqlAggFunction returning(SqlAggFunction function, RelDataType type) {
    if (function instanceof Percentile || function instanceof SketchFunction) {
      return function;
    }
    // Calcite infers the types of percentiles in a way of its own, by their kind.
    SqlKind kind = function.isPercentile() ? SqlKind.OTHER_FUNCTION : function.getKind();
    return new SqlAggFunction(function.getName(), null, kind, binding -> type, InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC,
        function.getFunctionType(), false, false, function.requiresGroupOrder()) {
      @Override
      public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        function.unparse(writer, call, leftPrec, rightPrec);
      }
    };
  }

  /** An aggregate that the model wrote in the warehouse's SQL, its argument in place of {@code {expr}}. */
  public static SqlAggFunction custom(Measure.CustomAggregate custom) {
    return new SqlAggFunction("CUSTOM:" + custom.sql(), null, SqlKind.OTHER_FUNCTION,
        binding -> Types.toCalcite(custom.type(), binding.getTypeFactory()), InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION, false, false, Optionality.FORBIDDEN) {
      @Override
      public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        String[] pieces = custom.sql().split("\\{expr}", -1);
        for (int i = 0; i < pieces.length; i++) {
          writer.print(pieces[i]);
          if (i < pieces.length - 1) {
            call.operand(0).unparse(writer, 0, 0);
          }
        }
      }
    };
  }

  /** A function's result type by our own type. */
  public static SqlReturnTypeInference returns(DataType type) {
    return binding -> Types.toCalcite(type, binding.getTypeFactory());
  }
}
