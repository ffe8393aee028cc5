// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.rel.Operators;
import dev.sextant.query.sql.node.SqlFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;

/** The functions and types that DuckDB and PostgreSQL spell alike; their own classes add what differs. */
abstract class PostgresFamilyFunctions implements SqlFunctions {
  static final SqlParserPos POS = SqlParserPos.ZERO;
  private static final List<String> SAME = List.of("ABS", "CEIL", "CEILING", "FLOOR", "ROUND", "SIGN", "SQRT", "EXP", "LN",
      "LOG10",
      "POWER", "MOD", "PI", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "ATAN2", "DEGREES", "RADIANS", "LOWER", "UPPER",
      "LENGTH",
      "CHAR_LENGTH", "CHARACTER_LENGTH", "SUBSTRING", "SUBSTR", "LEFT", "RIGHT", "REPLACE", "TRIM", "LTRIM", "RTRIM", "LPAD", "RPAD",
      "REPEAT",
      "REVERSE", "CONCAT", "CONCAT_WS", "STRPOS", "POSITION", "SPLIT_PART", "STARTS_WITH", "ASCII", "CHR", "MD5", "REGEXP_REPLACE",
      "TRANSLATE",
      "COALESCE", "NULLIF", "GREATEST", "LEAST", "DATE_PART", "MAKE_DATE", "AGE", "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE",
      "LAG",
      "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "PERCENT_RANK", "CUME_DIST", "EXTRACT", "STRING_AGG", "BOOL_AND",
      "BOOL_OR", "EVERY", "CORR", "STDDEV", "STDDEV_SAMP", "STDDEV_POP", "VARIANCE", "VAR_SAMP", "VAR_POP", "COVAR_POP", "COVAR_SAMP",
      "MODE",
      "GROUPING", "CBRT", "COT", "WIDTH_BUCKET");

  private final Map<String, Function<List<SqlNode>, SqlNode>> special = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();

  PostgresFamilyFunctions() {
    SAME.forEach(this::same);
    TimeFunctions.addTo(this);
    put("IFNULL", 2, 2, operands -> SqlStdOperatorTable.COALESCE.createCall(POS, operands));
    put("NVL", 2, 2, operands -> SqlStdOperatorTable.COALESCE.createCall(POS, operands));
    put("UCASE", 1, 1, operands -> named("UPPER", operands));
    put("LCASE", 1, 1, operands -> named("LOWER", operands));
    put("CURDATE", 0, 0, operands -> SqlStdOperatorTable.CURRENT_DATE.createCall(POS));
    put("DATE", 1, 1, operands -> cast(operands.getFirst(), "DATE"));
    special.put("TRUNCATE", operands -> named("TRUNC", operands));
    special.put("CURRENT_SCHEMA", operands -> SqlLiteral.createCharString("public", POS));
    special.put("CURRENT_USER", operands -> SqlLiteral.createCharString("sextant", POS));
    special.put("SESSION_USER", operands -> SqlLiteral.createCharString("sextant", POS));
    special.put("USER", operands -> SqlLiteral.createCharString("sextant", POS));
    special.put("VERSION", operands -> SqlLiteral.createCharString("Sextant semantic SQL", POS));
    special.put("CURRENT_DATE", operands -> SqlStdOperatorTable.CURRENT_DATE.createCall(POS));
    special.put("NOW", operands -> localNow());
    special.put("CURRENT_TIMESTAMP", operands -> localNow());
    special.put("LOCALTIMESTAMP", operands -> localNow());
    put("IF", 3, 3, operands -> new org.apache.calcite.sql.fun.SqlCase(POS, null, org.apache.calcite.sql.SqlNodeList.of(operands.get(0)),
        org.apache.calcite.sql.SqlNodeList.of(operands.get(1)), operands.get(2)));
    for (String part : List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND")) {
      put(part, 1, 1, operands -> named("DATE_PART", List.of(SqlLiteral.createCharString(part.toLowerCase(Locale.ROOT), POS),
          operands.getFirst())));
    }
    List.of("TEXT=VARCHAR", "STRING=VARCHAR", "VARCHAR=VARCHAR", "CHARACTER VARYING=VARCHAR", "INT2=SMALLINT", "INT4=INTEGER",
        "INT8=BIGINT",
        "INT=INTEGER", "INTEGER=INTEGER", "BIGINT=BIGINT", "SMALLINT=SMALLINT", "BOOL=BOOLEAN", "BOOLEAN=BOOLEAN", "FLOAT4=REAL",
        "REAL=REAL",
        "DATE=DATE", "TIMESTAMP=TIMESTAMP", "DATETIME=TIMESTAMP", "TIME=TIME", "TIMESTAMPTZ=TIMESTAMPTZ").forEach(pair -> {
          String[] both = pair.split("=");
          types.put(both[0], both[1]);
        });
    List.of("FLOAT8", "DOUBLE", "DOUBLE PRECISION", "FLOAT").forEach(name -> types.put(name, doubleType()));
  }

  abstract String doubleType();

  /** Adds or replaces a function that takes so many arguments. */
  final void put(String name, int fewest, int most, Function<List<SqlNode>, SqlNode> spelling) {
    special.put(name, operands -> {
      if (operands.size() < fewest || operands.size() > most) {
        throw Problem.of(QueryIssue.INVALID_SQL, "function '" + name.toLowerCase(Locale.ROOT) + "' takes "
            + (fewest == most ? fewest : fewest + " to " + most) + " arguments, not " + operands.size() + ".");
      }
      return spelling.apply(operands);
    });
  }

  /** Adds a function that the warehouse knows by the same name. */
  final void same(String name) {
    special.put(name, operands -> named(name, operands));
  }

  private SqlNode localNow() {
    return cast(SqlStdOperatorTable.CURRENT_TIMESTAMP.createCall(POS), "TIMESTAMP");
  }

  static SqlNode named(String name, List<SqlNode> operands) {
    return Operators.function(name, ReturnTypes.ARG0).createCall(POS, new ArrayList<>(operands));
  }

  static SqlNode cast(SqlNode value, String type) {
    return SqlStdOperatorTable.CAST.createCall(POS, value, new org.apache.calcite.sql.SqlDataTypeSpec(
        new org.apache.calcite.sql.SqlAlienSystemTypeNameSpec(type, org.apache.calcite.sql.type.SqlTypeName.ANY, POS), POS));
  }

  @Override
  public Optional<SqlNode> call(String name, List<SqlNode> operands) {
    Function<List<SqlNode>, SqlNode> spelling = special.get(name);
    return spelling == null ? Optional.empty() : Optional.of(spelling.apply(operands));
  }

  @Override
  public List<String> names() {
    return List.copyOf(special.keySet());
  }

  @Override
  public Optional<String> type(String name) {
    return Optional.ofNullable(types.get(name.toUpperCase(Locale.ROOT)));
  }

  @Override
  public SqlNode divide(SqlNode left, SqlNode right) {
    boolean constant = right instanceof org.apache.calcite.sql.SqlNumericLiteral number && number.bigDecimalValue() != null
        && number.bigDecimalValue().signum() != 0;
    SqlNode divisor = constant ? right : named("NULLIF", List.of(right, SqlLiteral.createExactNumeric("0", POS)));
    return SqlStdOperatorTable.DIVIDE.createCall(POS, dividend(left), divisor);
  }

  /** The left side of a division, so that whole numbers divide exactly. */
  abstract SqlNode dividend(SqlNode left);

  @Override
  public SqlNode atTimeZone(SqlNode time, String zone) {
    return Operators.AT_TIME_ZONE.createCall(POS, time, SqlLiteral.createCharString(zone, POS));
  }
}
