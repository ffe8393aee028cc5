// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.DataType;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The scalars of values: what the engine answers passes through as it is, so that no digit is lost. */
final class Scalars {
  private static final Pattern TIME = Pattern
      .compile("\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?\\s?(Z|[+-]\\d\\d:?\\d\\d)?)?");
  private static final int MOST_DIGITS = 100;
  private static final int DATE_LENGTH = 10;

  static final GraphQLScalarType BIG_INT = scalar("BigInt",
      "A whole number of 64 bits: a JSON number where a double holds it exactly, else a string.", Scalars::number);
  static final GraphQLScalarType DECIMAL = scalar("Decimal",
      "A number with all its digits: a JSON number where a double holds it exactly, else a string.", Scalars::number);
  static final GraphQLScalarType FLOAT = scalar("Float", "A double; NaN and infinities are strings.", Scalars::number);
  static final GraphQLScalarType DATE_TIME = scalar("DateTime",
      "A date or a time in ISO 8601: 2026-01-31, 2026-01-31T10:30:00, with an offset such as Z where it matters.", Scalars::time);
  static final GraphQLScalarType VALUE = scalar("Value", "A value of any type: a string, a number, a boolean, a list or null.",
      Optional::of);

  private Scalars() {}

  /** The scalar of a column's values. */
  static GraphQLScalarType of(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> graphql.Scalars.GraphQLBoolean;
      case INTEGER, BIGINT -> BIG_INT;
      case DECIMAL -> DECIMAL;
      case DOUBLE -> FLOAT;
      case STRING -> graphql.Scalars.GraphQLString;
      case DATE, TIMESTAMP, TIMESTAMP_TZ -> DATE_TIME;
      case NULL, TIME, INTERVAL, BINARY, OTHER -> VALUE;
    };
  }

  private static Optional<Object> number(Object value) {
    if (value instanceof Boolean) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(String.valueOf(value).strip());
      return Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static Optional<Object> time(Object value) {
    return value instanceof String text && TIME.matcher(text.strip()).matches() && isOnTheCalendar(text.strip()) ? Optional.of(text.strip())
        : Optional.empty();
  }

  private static boolean isOnTheCalendar(String text) {
    try {
      LocalDate date = LocalDate.parse(text.substring(0, DATE_LENGTH));
      String rest = text.substring(DATE_LENGTH).replaceFirst("\\s?(Z|[+-]\\d\\d:?\\d\\d)$", "");
      return date.atTime(rest.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(rest.substring(1))).getYear() >= 0;
    } catch (DateTimeException none) {
      return false;
    }
  }

  private static GraphQLScalarType scalar(String name, String description, Function<Object, Optional<Object>> reader) {
    return GraphQLScalarType.newScalar().name(name).description(description).coercing(new Exact(name, reader)).build();
  }

  /** Reads values by a rule and writes them as they are. */
  private record Exact(String name, Function<Object, Optional<Object>> reader) implements Coercing<Object, Object> {

    @Override
    public Object serialize(Object result, GraphQLContext context, Locale locale) {
      return result;
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
      return reader.apply(input).orElseThrow(() -> new CoercingParseValueException(wrong(input)));
    }

    @Override
    public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return plain(input).flatMap(reader).orElseThrow(() -> new CoercingParseLiteralException(wrong(plain(input).orElse(input))));
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
      return StringValue.of(String.valueOf(input));
    }

    private String wrong(Object input) {
      return "'" + input + "' is not a " + name + ".";
    }

    private static Optional<Object> plain(Value<?> literal) {
      return switch (literal) {
        case StringValue text -> Optional.ofNullable(text.getValue());
        case IntValue number -> Optional.of(number.getValue());
        case FloatValue number -> Optional.of(number.getValue());
        case BooleanValue flag -> Optional.of(flag.isValue());
        default -> Optional.empty();
      };
    }
  }
}
