// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;

/** Units of time that stand as bare words in calls, and the functions that take them. */
public final class TimeUnits {
  private static final List<String> FUNCTIONS = List.of("DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC", "TRUNC", "DATEPART", "DATE_PART",
      "DATEADD", "DATE_ADD", "TIMESTAMPADD", "DATEDIFF", "DATE_DIFF", "TIMESTAMPDIFF");
  private static final List<
      String> UNITS = List.of("year", "quarter", "month", "week", "day", "hour", "minute", "second", "yy", "yyyy", "qq",
          "mm", "wk", "ww", "dd", "hh", "mi", "ss", "dow", "doy", "epoch", "isodow", "isoyear", "decade", "century", "millennium",
          "millisecond", "microsecond",
          "milliseconds", "microseconds", "sql_tsi_year", "sql_tsi_quarter",
          "sql_tsi_month",
          "sql_tsi_week", "sql_tsi_day", "sql_tsi_hour", "sql_tsi_minute", "sql_tsi_second");

  private TimeUnits() {}

  /** Refuses units that no time has, as in {@code EXTRACT(fortnight FROM d)}. */
  public static void check(SqlCall call, Function<SqlNode, Position> places) {
    for (SqlNode operand : call.getOperandList()) {
      String name = operand instanceof SqlIntervalQualifier unit ? unit.timeFrameName : null;
      if (name != null && !isUnit(name)) {
        throw Problem.at(QueryIssue.INVALID_SQL, places.apply(operand),
            "'" + name + "' is no part of times; parts are year, month, day and so on.");
      }
    }
  }

  public static boolean takes(String function) {
    return FUNCTIONS.contains(function);
  }

  public static boolean isUnit(String word) {
    return UNITS.contains(word.toLowerCase(Locale.ROOT));
  }
}
