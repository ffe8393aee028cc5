// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The types of semantic SQL, as ODBC and JDBC ask for them. */
final class TypeInfo {
  private static final int SEARCHABLE = 3;
  private static final int NULLABLE = 1;
  private static final int DATETIME = 9;
  private static final int INTERVAL = 10;

  private TypeInfo() {}

  /** A type: its name, its number in JDBC and ODBC, its size, and what goes around a literal. */
  private record Type(String name, int number, int size, String prefix, String suffix) {

    List<Object> row() {
      boolean text = number == Types.VARCHAR;
      boolean decimal = number == Types.DECIMAL;
      boolean numeric = decimal || number == Types.INTEGER || number == Types.BIGINT || number == Types.DOUBLE;
      int family = number == Types.DATE || number == Types.TIME || number == Types.TIMESTAMP || number == Types.TIMESTAMP_WITH_TIMEZONE
          ? DATETIME
          : number == Types.OTHER ? INTERVAL : number;
      return Arrays.asList(name, number, size, orNone(prefix), orNone(suffix), decimal ? List.of("precision", "scale") : ArrowRows.NONE,
          NULLABLE, text, SEARCHABLE, numeric ? (Object) false : ArrowRows.NONE, decimal, numeric ? (Object) false : ArrowRows.NONE, name,
          decimal ? (Object) 0 : ArrowRows.NONE, decimal ? (Object) size : ArrowRows.NONE, family, subcode(),
          numeric ? (Object) radix() : ArrowRows.NONE,
          ArrowRows.NONE);
    }

    private Object subcode() {
      return switch (number) {
        case Types.DATE -> 1;
        case Types.TIME -> 2;
        case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> 3;
        default -> ArrowRows.NONE;
      };
    }

    private int radix() {
      return number == Types.DOUBLE ? 2 : 10;
    }

    private static Object orNone(String text) {
      return text.isEmpty() ? ArrowRows.NONE : text;
    }
  }

  private static final List<Type> TYPES = List.of(new Type("BIGINT", Types.BIGINT, 19, "", ""),
      new Type("VARBINARY", Types.VARBINARY, Integer.MAX_VALUE, "X'", "'"), new Type("DECIMAL", Types.DECIMAL, 38, "", ""),
      new Type("INTEGER", Types.INTEGER, 10, "", ""), new Type("DOUBLE", Types.DOUBLE, 53, "", ""),
      new Type("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, "'", "'"), new Type("BOOLEAN", Types.BOOLEAN, 1, "", ""),
      new Type("DATE", Types.DATE, 10, "DATE '", "'"), new Type("TIME", Types.TIME, 15, "TIME '", "'"),
      new Type("TIMESTAMP", Types.TIMESTAMP, 26, "TIMESTAMP '", "'"),
      new Type("TIMESTAMP WITH TIME ZONE", Types.TIMESTAMP_WITH_TIMEZONE, 32, "TIMESTAMPTZ '", "'"));

  /** The rows of {@code Schemas.GET_TYPE_INFO_SCHEMA}, by number; only those of one number if one is given. */
  static List<List<Object>> rows(OptionalInt wanted) {
    return TYPES.stream()
        .filter(type -> wanted.isEmpty() || wanted.getAsInt() == type.number())
        .sorted(java.util.Comparator.comparingInt(Type::number))
        .map(Type::row)
        .toList();
  }
}
