// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Optionality;

/** An aggregate that makes a sketch of values, or estimates from sketches. Quantiles have a {@code fraction}. */
public final class SketchFunction extends SqlAggFunction {
  private final Kind kind;
  private final double fraction;

  /** What is made. */
  public enum Kind {
    DISTINCT_SKETCH, DISTINCT_COUNT, QUANTILE_SKETCH, QUANTILE
  }

  SketchFunction(Kind kind, double fraction) {
    super(kind + "_" + fraction, null, SqlKind.OTHER_FUNCTION, type(kind), InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION, false, false, Optionality.FORBIDDEN);
    this.kind = kind;
    this.fraction = fraction;
  }

  public Kind kind() {
    return kind;
  }

  public double fraction() {
    return fraction;
  }

  private static SqlReturnTypeInference type(Kind kind) {
    SqlTypeName name = switch (kind) {
      case DISTINCT_SKETCH, QUANTILE_SKETCH -> SqlTypeName.VARCHAR;
      case DISTINCT_COUNT -> SqlTypeName.BIGINT;
      case QUANTILE -> SqlTypeName.DOUBLE;
    };
    return ReturnTypes.explicit(name).andThen((binding, type) -> binding.getTypeFactory().createTypeWithNullability(type, true));
  }
}
