// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;

/** The types of constants; those that name a type must be of it. */
final class Literals {
  private static final int MOST_DIGITS = 38;

  private Literals() {}

  static DataType type(SqlLiteral literal, ValueTypes types) {
    return switch (literal) {
      case SqlUnknownLiteral typed -> named(typed, types);
      case SqlIntervalLiteral interval -> interval(interval, types);
      case SqlNumericLiteral number -> number(number);
      default -> switch (literal.getTypeName()) {
        case CHAR, VARCHAR -> DataType.STRING;
        case BOOLEAN -> DataType.BOOLEAN;
        case DATE -> DataType.DATE;
        case TIME -> DataType.TIME;
        case TIMESTAMP -> DataType.TIMESTAMP;
        case NULL -> DataType.NULL;
        default -> DataType.OTHER;
      };
    };
  }

  private static DataType named(SqlUnknownLiteral literal, ValueTypes types) {
    String tag = literal.tag.toUpperCase(Locale.ROOT);
    DataType type = tag.startsWith("DATE") && !tag.equals("DATETIME") ? DataType.DATE
        : tag.equals("TIME") ? DataType.TIME
            : tag.startsWith("TIMESTAMP") || tag.equals("DATETIME") ? DataType.TIMESTAMP : DataType.OTHER;
    Optional<String> fault = TextConstants.fault(literal.getValueAs(String.class), Family.of(type));
    if (fault.isPresent()) {
      throw types.fault(literal, fault.get());
    }
    return type;
  }

  private static DataType interval(SqlIntervalLiteral literal, ValueTypes types) {
    String count = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class).getIntervalLiteral().strip();
    if (!count.matches("[+-]?\\d{1,9}(\\.\\d{1,9})?")) {
      throw types.fault(literal, "'" + count + "' is no interval; write INTERVAL '1' MONTH or INTERVAL '1 month'.");
    }
    return new DataType(DataType.Kind.INTERVAL, 0, 0);
  }

  private static DataType number(SqlNumericLiteral number) {
    BigDecimal value = number.bigDecimalValue();
    if (value == null || !number.isInteger() && number.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.DOUBLE
        || value.precision() > MOST_DIGITS) {
      return DataType.DOUBLE;
    }
    if (value.scale() > 0) {
      return DataType.decimal(value.precision(), value.scale());
    }
    return value.toBigInteger().bitLength() < Integer.SIZE ? DataType.INTEGER
        : value.toBigInteger().bitLength() < Long.SIZE ? DataType.BIGINT
            : DataType.decimal(MOST_DIGITS, 0);
  }
}
