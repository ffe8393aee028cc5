// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.TimeGrain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads constants: numbers, dates, times and intervals. */
final class Literals {
  private static final int MOST_DIGITS = 38;
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm[:ss]")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart()
      .appendPattern("['T'][' ']")
      .append(TIME)
      .optionalEnd()
      .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
      .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder().append(TIMESTAMP)
      .appendPattern("[' ']")
      .appendPattern("[XXX][X]")
      .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter CANONICAL = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter CANONICAL_TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(Locale.ROOT);

  private Literals() {}

  /** Whole numbers are BIGINT, numbers with a point decimals, numbers with an exponent DOUBLE. */
  static Expr.Literal number(Token token, boolean negative) {
    String text = (negative ? "-" : "") + token.lower();
    if (text.indexOf('e') >= 0) {
      return new Expr.Literal(DataType.DOUBLE, text);
    }
    BigDecimal value = new BigDecimal(text);
    if (text.indexOf('.') < 0 && value.precision() <= 19 && fitsLong(value)) {
      return new Expr.Literal(DataType.BIGINT, value.toPlainString());
    }
    int precision = Math.max(value.precision(), Math.max(value.scale(), 1));
    if (precision > MOST_DIGITS) {
      throw new SyntaxError(token.start(),
          "a number has at most " + MOST_DIGITS + " digits; write an exponent for a floating-point number");
    }
    return new Expr.Literal(DataType.decimal(precision, value.scale()), value.toPlainString());
  }

  private static boolean fitsLong(BigDecimal value) {
    return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0 && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
  }

  static Expr.Literal date(Token token) {
    return checked(token, "a date is written '2026-01-31'",
        () -> new Expr.Literal(DataType.DATE, LocalDate.parse(token.text().strip()).toString()));
  }

  static Expr.Literal time(Token token) {
    return checked(token, "a time is written '23:59:59'",
        () -> new Expr.Literal(DataType.TIME, LocalTime.parse(token.text().strip(), TIME).format(CANONICAL_TIME)));
  }

  static Expr.Literal timestamp(Token token) {
    return checked(token, "a timestamp is written '2026-01-31 23:59:59'",
        () -> new Expr.Literal(DataType.TIMESTAMP, LocalDateTime.parse(token.text().strip(), TIMESTAMP).format(CANONICAL)));
  }

  static Expr.Literal zonedTimestamp(Token token) {
    return checked(token, "a timestamp with time zone is written '2026-01-31 23:59:59+00:00'", () -> {
      OffsetDateTime value = OffsetDateTime.parse(token.text().strip(), ZONED).withOffsetSameInstant(ZoneOffset.UTC);
      return new Expr.Literal(DataType.TIMESTAMP_TZ, value.format(CANONICAL) + "+00:00");
    });
  }

  private static Expr.Literal checked(Token token, String form, Supplier<Expr.Literal> read) {
    try {
      return read.get();
    } catch (DateTimeException e) {
      throw new SyntaxError(token.start(), form + ", not '" + token.text() + "'");
    }
  }

  /** Reads {@code '1 day'}, {@code '1' day} or {@code 1 day}, after the word interval. */
  static Expr.Interval interval(Cursor cursor) {
    boolean negative = cursor.accept("-");
    Token token = cursor.next();
    String[] parts = token.text().strip().split("\\s+", -1);
    boolean inside = token.kind() == Token.Kind.STRING && parts.length == 2;
    if (!inside && (parts.length != 1 || (token.kind() != Token.Kind.STRING && token.kind() != Token.Kind.NUMBER))) {
      throw new SyntaxError(token.start(), "an interval has one number and one unit, such as interval '1 day'");
    }
    Token unit = inside ? token : cursor.next();
    String unitName = inside ? parts[1] : unit.text();
    TimeGrain grain = TimeGrain.named(unitName).orElseThrow(() -> unknownUnit(unit, unitName));
    try {
      long count = Long.parseLong(parts[0].startsWith("+") ? parts[0].substring(1) : parts[0]);
      if (!grain.fits(count)) {
        throw new SyntaxError(token.start(), "an interval has at most 10000 years; found " + parts[0] + " " + unitName);
      }
      return new Expr.Interval(negative ? -count : count, grain);
    } catch (NumberFormatException e) {
      throw new SyntaxError(token.start(), "an interval counts whole units, not '" + parts[0] + "'");
    }
  }

  private static SyntaxError unknownUnit(Token at, String name) {
    var nearest = NearestNames.to(name, Stream.of(TimeGrain.values()).map(TimeGrain::label).toList());
    return new SyntaxError(at.start(), "unit '" + name + "' is not known." + NearestNames.question(nearest), nearest);
  }
}
