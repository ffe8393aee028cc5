// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** The words of the server's SQL that tools complete and colour. */
final class SqlWords {
  private static final String KEYWORDS = "AGGREGATE,ASOF,DATE_TRUNC,EXPLAIN,ILIKE,LIMIT,MEASURE,OFFSET,QUALIFY,SHOW,TEXT,TIMESTAMPTZ";
  private static final String NUMERIC = "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,ROUND,"
      + "SIGN,SIN,SQRT,TAN,TRUNCATE";
  private static final String STRING = "CHAR_LENGTH,CONCAT,LCASE,LENGTH,LTRIM,POSITION,REPLACE,RTRIM,SUBSTRING,UCASE";
  private static final String TIME_AND_DATE = "CURRENT_DATE,CURRENT_TIMESTAMP,DAYOFMONTH,EXTRACT,HOUR,MINUTE,MONTH,NOW,QUARTER,SECOND,"
      + "TIMESTAMPADD,TIMESTAMPDIFF,YEAR";
  private static final String SYSTEM = "DATABASE,IFNULL,USER";

  private SqlWords() {}

  static Map<DatabaseProperty, Object> properties() {
    Map<DatabaseProperty, Object> properties = new EnumMap<>(DatabaseProperty.class);
    properties.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, KEYWORDS);
    properties.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, NUMERIC);
    properties.put(DatabaseProperty.GET_STRING_FUNCTIONS, STRING);
    properties.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, TIME_AND_DATE);
    properties.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, SYSTEM);
    properties.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_NONE);
    return properties;
  }
}
