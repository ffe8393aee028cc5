// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

import static dev.sextant.query.dialect.PostgresFamilyFunctions.POS;
import static dev.sextant.query.dialect.PostgresFamilyFunctions.cast;
import static dev.sextant.query.dialect.PostgresFamilyFunctions.named;

/** PostgreSQL's date formats by DuckDB's {@code strftime} and {@code strptime}, and what these do not know by other functions. */
final class DuckDbFormats {
  private static final int LONGEST_NAME = 9;

  private DuckDbFormats() {}

  /** {@code TO_CHAR} of a time. */
  static SqlNode written(SqlNode time, SqlNode format) {
    List<SqlNode> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    for (FormatTemplate.Piece piece : FormatTemplate.of(format, "TO_CHAR").pieces()) {
      Optional<String> simple = strftime(piece);
      if (simple.isPresent()) {
        plain.append(simple.get());
      } else {
        flush(plain, time, parts);
        parts.add(computed(piece, time));
      }
    }
    flush(plain, time, parts);
    return parts.stream().reduce((a, b) -> SqlStdOperatorTable.CONCAT.createCall(POS, a, b)).orElseGet(() -> text(""));
  }

  private static void flush(StringBuilder plain, SqlNode time, List<SqlNode> parts) {
    if (!plain.isEmpty()) {
      parts.add(named("STRFTIME", List.of(time, text(plain.toString()))));
      plain.setLength(0);
    }
  }

  /** {@code TO_DATE} and {@code TO_TIMESTAMP} of a text. */
  static SqlNode read(SqlNode value, SqlNode format, String function) {
    StringBuilder plain = new StringBuilder();
    for (FormatTemplate.Piece piece : FormatTemplate.of(format, function).pieces()) {
      plain.append(strftime(new FormatTemplate.Piece(piece.text(), piece.pattern(), name(piece)))
          .orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED, function + " does not read '" + piece.text() + "'.")));
    }
    return named("STRPTIME", List.of(value, text(plain.toString())));
  }

  private static boolean name(FormatTemplate.Piece piece) {
    return piece.text().equalsIgnoreCase("month") || piece.text().equalsIgnoreCase("day");
  }

  /** What {@code strftime} knows by itself. */
  private static Optional<String> strftime(FormatTemplate.Piece piece) {
    if (!piece.pattern()) {
      return Optional.of(piece.text().replace("%", "%%"));
    }
    String dash = piece.unpadded() ? "-" : "";
    return switch (piece.text()) {
      case "YYYY" -> Optional.of("%Y");
      case "YY" -> Optional.of("%y");
      case "IYYY" -> Optional.of("%G");
      case "MM" -> Optional.of("%" + dash + "m");
      case "DD" -> Optional.of("%" + dash + "d");
      case "DDD" -> Optional.of("%" + dash + "j");
      case "HH24" -> Optional.of("%" + dash + "H");
      case "HH12", "HH" -> Optional.of("%" + dash + "I");
      case "MI" -> Optional.of("%" + dash + "M");
      case "SS" -> Optional.of("%" + dash + "S");
      case "Mon" -> Optional.of("%b");
      case "Dy" -> Optional.of("%a");
      case "AM", "PM" -> Optional.of("%p");
      case "Month" -> piece.unpadded() ? Optional.of("%B") : Optional.empty();
      case "Day" -> piece.unpadded() ? Optional.of("%A") : Optional.empty();
      case "US" -> Optional.of("%f");
      case "MS" -> Optional.of("%g");
      case "IW" -> piece.unpadded() ? Optional.empty() : Optional.of("%V");
      default -> Optional.empty();
    };
  }

  private static SqlNode computed(FormatTemplate.Piece piece, SqlNode time) {
    return switch (piece.text()) {
      case "Q" -> part("quarter", time);
      case "D" -> cast(plus(part0("dow", time), 1), "VARCHAR");
      case "ID" -> part("isodow", time);
      case "IW" -> part("week", time);
      case "IY" -> named("RIGHT", List.of(part("isoyear", time), number(2)));
      case "WW" -> padded(week("doy", time), 2, piece);
      case "W" -> cast(week("day", time), "VARCHAR");
      case "MON" -> named("UPPER", List.of(spelled("%b", time)));
      case "mon" -> named("LOWER", List.of(spelled("%b", time)));
      case "DY" -> named("UPPER", List.of(spelled("%a", time)));
      case "dy" -> named("LOWER", List.of(spelled("%a", time)));
      case "Month", "Day" -> name(piece, time);
      case "MONTH", "DAY" -> named("UPPER", List.of(name(piece, time)));
      case "month", "day" -> named("LOWER", List.of(name(piece, time)));
      case "am", "pm" -> named("LOWER", List.of(spelled("%p", time)));
      default -> throw Problem.of(QueryIssue.UNSUPPORTED, "TO_CHAR does not write '" + piece.text() + "'.");
    };
  }

  /** A name of a month or day, filled up with blanks as PostgreSQL does. */
  private static SqlNode name(FormatTemplate.Piece piece, SqlNode time) {
    SqlNode name = spelled(piece.text().equalsIgnoreCase("month") ? "%B" : "%A", time);
    return piece.unpadded() ? name : named("RPAD", List.of(name, number(LONGEST_NAME), text(" ")));
  }

  /** Weeks of seven days counted from the first day of the year or month. */
  private static SqlNode week(String day, SqlNode time) {
    SqlNode weeks = SqlStdOperatorTable.DIVIDE.createCall(POS, plus(part0(day, time), -1), number(7));
    return plus(cast(named("FLOOR", List.of(weeks)), "BIGINT"), 1);
  }

  private static SqlNode padded(SqlNode value, int width, FormatTemplate.Piece piece) {
    SqlNode written = cast(value, "VARCHAR");
    return piece.unpadded() ? written : named("LPAD", List.of(written, number(width), text("0")));
  }

  private static SqlNode part(String part, SqlNode time) {
    return cast(part0(part, time), "VARCHAR");
  }

  private static SqlNode part0(String part, SqlNode time) {
    return named("DATE_PART", List.of(text(part), time));
  }

  private static SqlNode spelled(String format, SqlNode time) {
    return named("STRFTIME", List.of(time, text(format)));
  }

  private static SqlNode plus(SqlNode value, long more) {
    return SqlStdOperatorTable.PLUS.createCall(POS, value, number(more));
  }

  private static SqlNode number(long value) {
    return SqlLiteral.createExactNumeric(Long.toString(value), POS);
  }

  private static SqlNode text(String text) {
    return SqlLiteral.createCharString(text, POS);
  }
}
