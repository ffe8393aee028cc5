// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;

/** Gives a value the type that {@code setObject(index, object, type)} names. */
final class TypedSqlValue {

  private TypedSqlValue() {}

  static SqlValue of(SqlValue value, int jdbcType) throws SQLException {
    switch (jdbcType) {
      case Types.NULL :
        return SqlValue.NULL;
      case Types.BIT :
      case Types.BOOLEAN :
        return truth(value);
      case Types.TINYINT :
      case Types.SMALLINT :
      case Types.INTEGER :
        return whole(value, "integer");
      case Types.BIGINT :
        return whole(value, "bigint");
      case Types.DECIMAL :
      case Types.NUMERIC :
        return new SqlValue("decimal", number(value, "DECIMAL").toPlainString());
      case Types.REAL :
      case Types.FLOAT :
      case Types.DOUBLE :
        return value.type().equals("double") ? value : new SqlValue("double", Double.toString(number(value, "DOUBLE").doubleValue()));
      case Types.CHAR :
      case Types.VARCHAR :
      case Types.LONGVARCHAR :
      case Types.NCHAR :
      case Types.NVARCHAR :
      case Types.LONGNVARCHAR :
      case Types.CLOB :
      case Types.NCLOB :
        return new SqlValue("string", value.text());
      case Types.DATE :
        return isTimestamp(value) ? new SqlValue("date", value.text().substring(0, value.text().indexOf(' '))) : as(value, "date", "DATE");
      case Types.TIME :
        return isTimestamp(value) ? new SqlValue("time", value.text().substring(value.text().indexOf(' ') + 1)) : as(value, "time", "TIME");
      case Types.TIMESTAMP :
        return value.type().equals("date") ? new SqlValue("timestamp", value.text() + " 00:00:00") : as(value, "timestamp", "TIMESTAMP");
      case Types.TIMESTAMP_WITH_TIMEZONE :
        return as(value, "timestamp_tz", "TIMESTAMP WITH TIME ZONE");
      default :
        return value; // what else there is has one form only
    }
  }

  private static boolean isTimestamp(SqlValue value) {
    return value.type().equals("timestamp");
  }

  /** Values of the type stay as they are; text is for the server to read. */
  private static SqlValue as(SqlValue value, String type, String shown) throws SQLException {
    if (value.type().equals(type)) {
      return value;
    }
    if (value.type().equals("string")) {
      return new SqlValue(type, value.text().trim());
    }
    throw cannot(value, shown);
  }

  private static SqlValue truth(SqlValue value) throws SQLException {
    switch (value.text().toLowerCase(Locale.ROOT)) {
      case "true" :
      case "1" :
        return new SqlValue("boolean", "true");
      case "false" :
      case "0" :
        return new SqlValue("boolean", "false");
      default :
        throw cannot(value, "BOOLEAN");
    }
  }

  private static SqlValue whole(SqlValue value, String type) throws SQLException {
    BigDecimal whole = number(value, type.toUpperCase(Locale.ROOT)).setScale(0, RoundingMode.DOWN);
    if (whole.toBigInteger().bitLength() > (type.equals("integer") ? 31 : 63)) {
      throw cannot(value, type.toUpperCase(Locale.ROOT));
    }
    return new SqlValue(type, whole.toPlainString());
  }

  private static BigDecimal number(SqlValue value, String shown) throws SQLException {
    if (value.type().equals("boolean")) {
      return value.text().equals("true") ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    try {
      return new BigDecimal(value.text().trim());
    } catch (NumberFormatException noNumber) {
      throw cannot(value, shown);
    }
  }

  private static SQLException cannot(SqlValue value, String shown) {
    return SqlErrors.of("A parameter that is " + value + " has no value as " + shown + ".", "22018");
  }
}
