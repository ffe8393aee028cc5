// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

import static dev.sextant.query.dialect.PostgresFamilyFunctions.POS;
import static dev.sextant.query.dialect.PostgresFamilyFunctions.cast;
import static dev.sextant.query.dialect.PostgresFamilyFunctions.named;

/** Arithmetic of times as other systems spell it, by what DuckDB and PostgreSQL have in common. */
final class TimeFunctions {
  private static final List<String> UNITS = List.of("year", "quarter", "month", "week", "day", "hour", "minute", "second");

  private static final List<String> LONG_UNITS = Stream.concat(UNITS.stream(),
      Stream.of("decade", "century", "millennium", "milliseconds", "microseconds")).toList();
  private static final List<
      String> PARTS = Stream.concat(LONG_UNITS.stream(), Stream.of("dow", "isodow", "doy", "epoch", "isoyear")).toList();

  private TimeFunctions() {}

  static void addTo(PostgresFamilyFunctions functions) {
    functions.put("DATE_TRUNC", 2, 2, both -> isUnit(both.get(1)) && !isUnit(both.get(0)) ? truncated(both.get(1), both.get(0))
        : named("DATE_TRUNC", List.of(known(both.get(0), LONG_UNITS), both.get(1))));
    for (String name : List.of("TIMESTAMP_TRUNC", "DATETIME_TRUNC")) {
      functions.put(name, 2, 2, both -> truncated(both.get(1), both.get(0)));
    }
    functions.put("TRUNC", 1, 2, all -> all.size() == 2 && isUnit(all.get(1)) ? truncated(all.get(1), all.get(0))
        : functions.call("TRUNCATE", all).orElseThrow());
    functions.put("DATE_PART", 2, 2, both -> {
      if (!(both.getFirst() instanceof SqlLiteral || both.getFirst() instanceof Parameters.Place)) {
        throw Problem.of(QueryIssue.INVALID_SQL, "DATE_PART takes a constant that names a part of times.");
      }
      return named("DATE_PART", List.of(known(both.get(0), PARTS), both.get(1)));
    });
    functions.put("DATEPART", 2, 2, both -> part(unit(both.get(0)), both.get(1)));
    for (String name : List.of("DATEADD", "TIMESTAMPADD")) {
      functions.put(name, 3, 3, all -> plus(all.get(2), all.get(1), unit(all.get(0)), false));
    }
    functions.put("DATE_ADD", 2, 3, all -> all.size() == 2 ? sum(all.get(0), all.get(1), false)
        : plus(all.get(2), all.get(1), unit(all.get(0)), false));
    functions.put("DATE_SUB", 2, 2, both -> sum(both.get(0), both.get(1), true));
    functions.put("DATEDIFF", 2, 3, all -> all.size() == 2 ? between("day", all.get(1), all.get(0))
        : between(unit(all.get(0)), all.get(1), all.get(2)));
    functions.put("DATE_DIFF", 3, 3, all -> isUnit(all.get(2)) ? between(unit(all.get(2)), all.get(1), all.get(0))
        : between(unit(all.get(0)), all.get(1), all.get(2)));
    functions.put("LAST_DAY", 1, 1, one -> cast(sum(sum(truncated(text("month"), one.getFirst()), interval("1 month"), false),
        interval("1 day"), true), "DATE"));
    functions.put("DAYOFWEEK", 1, 1, one -> SqlStdOperatorTable.PLUS.createCall(POS, part("dow", one.getFirst()), number(1)));
    functions.put("DAYOFMONTH", 1, 1, one -> part("day", one.getFirst()));
    functions.put("DAYOFYEAR", 1, 1, one -> part("doy", one.getFirst()));
  }

  /** Whether a node is a constant that names a unit of time. */
  static boolean isUnit(SqlNode node) {
    return constant(node).filter(UNITS::contains).isPresent();
  }

  /** A constant that names one of these; what is no constant is left to the warehouse. */
  private static SqlNode known(SqlNode node, List<String> names) {
    constant(node).filter(name -> !names.contains(name)).ifPresent(name -> {
      throw Problem.of(QueryIssue.INVALID_SQL, "'" + name + "' is none of " + String.join(", ", names) + ".");
    });
    return node;
  }

  /** The unit of time a constant names. */
  static String unit(SqlNode node) {
    return constant(node).filter(UNITS::contains)
        .orElseThrow(() -> Problem.of(QueryIssue.INVALID_SQL, "a unit of time is one of " + String.join(", ", UNITS) + "."));
  }

  private static Optional<String> constant(SqlNode node) {
    return node instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())
        ? Optional.ofNullable(literal.getValueAs(String.class)).map(TimeFunctions::plain)
        : Optional.empty();
  }

  private static String plain(String unit) {
    String lower = unit.toLowerCase(Locale.ROOT).replaceAll("^sql_tsi_", "");
    return switch (lower) {
      case "yy", "yyyy", "years" -> "year";
      case "qq", "q", "quarters" -> "quarter";
      case "mm", "months", "mon" -> "month";
      case "wk", "ww", "weeks" -> "week";
      case "dd", "d", "days" -> "day";
      case "hh", "hours" -> "hour";
      case "mi", "minutes" -> "minute";
      case "ss", "seconds" -> "second";
      default -> lower;
    };
  }

  private static SqlNode truncated(SqlNode unit, SqlNode time) {
    return named("DATE_TRUNC", List.of(text(unit(unit)), time));
  }

  private static SqlNode plus(SqlNode time, SqlNode count, String unit, boolean minus) {
    String step = unit.equals("quarter") ? "3 month" : "1 " + unit;
    return sum(time, SqlStdOperatorTable.MULTIPLY.createCall(POS, cast(count, "INTEGER"), interval(step)), minus);
  }

  private static SqlNode sum(SqlNode time, SqlNode interval, boolean minus) {
    return (minus ? SqlStdOperatorTable.MINUS : SqlStdOperatorTable.PLUS).createCall(POS, time, interval);
  }

  /** How many borders of a unit lie between two times. */
  private static SqlNode between(String unit, SqlNode from, SqlNode to) {
    return switch (unit) {
      case "year" -> minus(part("year", to), part("year", from));
      case "quarter" -> minus(months(to, 4, "quarter"), months(from, 4, "quarter"));
      case "month" -> minus(months(to, 12, "month"), months(from, 12, "month"));
      case "day" -> minus(cast(to, "DATE"), cast(from, "DATE"));
      case "week" -> steps(minus(day("week", to), day("week", from)), 7);
      case "hour" -> steps(minus(epoch("hour", to), epoch("hour", from)), 3600);
      case "minute" -> steps(minus(epoch("minute", to), epoch("minute", from)), 60);
      default -> steps(minus(epoch("second", to), epoch("second", from)), 1);
    };
  }

  private static SqlNode months(SqlNode time, int inYear, String unit) {
    return SqlStdOperatorTable.PLUS.createCall(POS, SqlStdOperatorTable.MULTIPLY.createCall(POS, part("year", time), number(inYear)),
        part(unit, time));
  }

  private static SqlNode day(String unit, SqlNode time) {
    return cast(truncated(text(unit), cast(time, "TIMESTAMP")), "DATE");
  }

  private static SqlNode epoch(String unit, SqlNode time) {
    return part("epoch", truncated(text(unit), cast(time, "TIMESTAMP")));
  }

  private static SqlNode steps(SqlNode difference, int size) {
    return cast(named("ROUND", List.of(SqlStdOperatorTable.DIVIDE.createCall(POS, difference, number(size)))), "BIGINT");
  }

  private static SqlNode minus(SqlNode a, SqlNode b) {
    return SqlStdOperatorTable.MINUS.createCall(POS, a, b);
  }

  private static SqlNode part(String part, SqlNode time) {
    return cast(named("DATE_PART", List.of(text(part), time)), "BIGINT");
  }

  private static SqlNode interval(String text) {
    return cast(text(text), "INTERVAL");
  }

  static SqlNode number(long value) {
    return SqlLiteral.createExactNumeric(Long.toString(value), POS);
  }

  static SqlNode text(String text) {
    return SqlLiteral.createCharString(text, POS);
  }
}
