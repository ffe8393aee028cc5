// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.DataType;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** The result types of common functions; of others we know nothing and let the warehouse decide. */
final class FunctionTypes {
  private FunctionTypes() {}

  static DataType of(String function, List<RexNode> arguments) {
    return switch (function) {
      case "lower", "upper", "trim", "ltrim", "rtrim", "substring", "substr", "replace", "concat", "concat_ws", "left", "right", "lpad",
          "rpad",
          "md5", "strftime", "to_char", "split_part", "regexp_replace", "reverse", "repeat" ->
          DataType.STRING;
      case "length", "char_length", "strlen", "position", "strpos", "instr", "datediff", "date_diff", "year", "month", "day", "quarter",
          "week",
          "hour", "minute", "dayofweek", "dayofyear", "date_part", "sign" ->
          DataType.BIGINT;
      case "sqrt", "ln", "log", "log10", "exp", "power", "pow" -> DataType.DOUBLE;
      case "abs", "round", "floor", "ceil", "ceiling", "trunc" -> arguments.isEmpty() ? DataType.OTHER
          : Types.fromCalcite(arguments.getFirst().getType());
      case "starts_with", "ends_with", "contains", "regexp_matches", "regexp_full_match", "list_contains" -> DataType.BOOLEAN;
      case "last_day", "date", "to_date", "make_date" -> DataType.DATE;
      case "to_timestamp", "make_timestamp", "date_add", "date_sub" -> DataType.TIMESTAMP;
      default -> DataType.OTHER;
    };
  }
}
