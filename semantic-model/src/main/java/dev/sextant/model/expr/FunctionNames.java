// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.Expr;
import java.util.List;
import java.util.regex.Pattern;

/** The functions of expressions by name: those that aggregate rows, and the scalar ones that questions may call. */
public final class FunctionNames {
  private static final Pattern NAME = Pattern.compile("[a-z]\\w*");

  private static final List<String> AGGREGATES = List.of("sum", "avg", "count", "min", "max", "stddev", "stddev_pop", "stddev_samp",
      "variance", "var_pop", "var_samp", "median", "percentile_cont", "percentile_disc", "approx_count_distinct", "count_if", "countif",
      "string_agg", "array_agg", "listagg", "any_value", "bool_and", "bool_or", "corr", "mode");

  private static final List<String> OPERATORS = List.of("and", "or", "not", "in", "between", "like", "ilike", "neg");

  private static final List<String> SCALARS = List.of("coalesce", "ifnull", "nvl", "nullif", "greatest", "least", "current_date",
      "current_timestamp", "now", "today", "lower", "upper", "initcap", "trim", "ltrim", "rtrim", "btrim", "substring", "substr", "replace",
      "translate", "concat", "concat_ws", "left", "right", "lpad", "rpad", "md5", "strftime", "strptime", "to_char", "split_part",
      "regexp_replace", "regexp_extract", "reverse", "repeat", "chr", "ascii", "format", "length", "len", "char_length", "character_length",
      "octet_length", "strlen", "position", "strpos", "instr", "datediff", "date_diff", "datesub", "date_sub", "date_add", "dateadd",
      "year",
      "month", "day", "quarter", "week", "hour", "minute", "second", "isodow", "dayofweek", "weekday", "dayofmonth", "dayofyear",
      "weekofyear", "yearweek", "monthname", "dayname", "date_part", "datepart", "date_trunc", "datetrunc", "last_day", "date", "to_date",
      "make_date", "make_timestamp", "to_timestamp", "epoch", "epoch_ms", "age", "to_number", "sqrt", "cbrt", "ln", "log", "log2", "log10",
      "exp", "power", "pow", "abs", "sign", "round", "floor", "ceil", "ceiling", "trunc", "mod", "div", "pi", "degrees", "radians", "sin",
      "cos", "tan", "asin", "acos", "atan", "atan2", "isnan", "isfinite", "isinf", "if", "iff", "starts_with", "prefix", "suffix",
      "ends_with", "contains", "regexp_matches", "regexp_full_match", "regexp_like", "levenshtein", "jaccard", "list_contains",
      "array_contains", "array_length", "cardinality", "json_extract", "json_extract_string", "json_value");

  private FunctionNames() {}

  /** Whether a call aggregates rows; {@code min} and {@code max} of several arguments do not. */
  public static boolean aggregates(Expr.Call call) {
    return call.arguments().size() <= 1 && AGGREGATES.contains(call.operator());
  }

  /** Whether a question may call it: an operator, a part of a time, or a function of which we know that it does no more than compute. */
  public static boolean known(String name) {
    boolean function = NAME.matcher(name).matches();
    return !function || name.startsWith("extract_") || OPERATORS.contains(name) || SCALARS.contains(name);
  }

  /** The scalar functions. */
  public static List<String> scalars() {
    return SCALARS;
  }
}
