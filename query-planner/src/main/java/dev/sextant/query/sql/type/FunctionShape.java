// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a function takes and gives. Arguments are letters: n a number, k a whole number, t text, d a date or timestamp, w that or an interval, v an
 * interval, b a condition, c the same as all other c, u a unit of time, s a number
 * or an interval, x a number, time or interval, a anything; ? may be left out, * stands any number of times. Results are
 * the same letters, i a whole number, D a date, 1 what the first argument is, and o what only the warehouse knows.
 */
record FunctionShape(String arguments, char result) {
  private static final Map<String, FunctionShape> ALL = new LinkedHashMap<>();

  static {
    add("n>1", "ABS");
    add("n>n", "CEIL CEILING SQRT EXP LN LOG10 CBRT COT SIN COS TAN ASIN ACOS ATAN DEGREES RADIANS STDDEV STDDEV_SAMP STDDEV_POP VARIANCE "
        + "VAR_SAMP VAR_POP MEDIAN AVG");
    add("n>i", "SIGN");
    add("nk?>1", "ROUND TRUNCATE");
    add("nn>1", "MOD");
    add("nn>n", "POWER ATAN2 CORR COVAR_POP COVAR_SAMP REGR_SLOPE REGR_INTERCEPT REGR_R2");
    add("nn?>n", "LOG");
    add(">n", "PI PERCENT_RANK CUME_DIST");
    add("t>t", "UPPER LOWER UCASE LCASE INITCAP REVERSE MD5");
    add("t>i", "LENGTH CHAR_LENGTH CHARACTER_LENGTH ASCII");
    add("tkk?>t", "SUBSTR");
    add("tk>t", "LEFT RIGHT REPEAT");
    add("ttt>t", "REPLACE TRANSLATE");
    add("tt?>t", "LTRIM RTRIM");
    add("tkt>t", "LPAD RPAD");
    add("aa*>t", "CONCAT");
    add("taa*>t", "CONCAT_WS");
    add("tt>i", "STRPOS");
    add("ttk>t", "SPLIT_PART");
    add("tt>b", "STARTS_WITH CONTAINS");
    add("k>t", "CHR");
    add("tttt?>t", "REGEXP_REPLACE");
    add("tt>t", "STRING_AGG LISTAGG");
    add("cc*>c", "COALESCE GREATEST LEAST");
    add("cc>c", "NULLIF IFNULL NVL");
    add("bcc>c", "IF");
    add("uw>n", "DATE_PART");
    add("uw>i", "DATEPART");
    add("kkk>D", "MAKE_DATE");
    add("dd?>v", "AGE");
    add(">i", "ROW_NUMBER RANK DENSE_RANK");
    add("k>i", "NTILE");
    add("ck?c?>c", "LAG LEAD");
    add("a>1", "FIRST_VALUE LAST_VALUE ANY_VALUE MIN MAX MEASURE AGGREGATE AGG");
    add("ak>1", "NTH_VALUE");
    add("b>b", "BOOL_AND BOOL_OR EVERY");
    add("aa*>i", "GROUPING");
    add("aa*>i", "COUNT");
    add("a>i", "APPROX_COUNT_DISTINCT");
    add("s>n", "SUM");
    add("nnnk>i", "WIDTH_BUCKET");
    add(">D", "CURDATE CURRENT_DATE");
    add(">d", "NOW CURRENT_TIMESTAMP LOCALTIMESTAMP");
    add(">t", "CURRENT_SCHEMA CURRENT_USER SESSION_USER USER VERSION CURRENT_DATABASE CURRENT_CATALOG");
    add("w>i", "YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND");
    add("xt>t", "TO_CHAR");
    add("tt>D", "TO_DATE");
    add("d>D", "LAST_DAY");
    add("d>i", "DAYOFWEEK DAYOFMONTH DAYOFYEAR");
    add("d>t", "MONTHNAME DAYNAME");
    add("vdd>d", "DATE_BIN");
    add("udd>i", "TIMESTAMPDIFF");
    add("ukd>d", "DATEADD TIMESTAMPADD");
    add("dv>d", "DATE_SUB");
  }

  private static void add(String shape, String names) {
    int arrow = shape.indexOf('>');
    for (String name : names.split(" ")) {
      ALL.put(name, new FunctionShape(shape.substring(0, arrow), shape.charAt(arrow + 1)));
    }
  }

  static Optional<FunctionShape> of(String name) {
    return Optional.ofNullable(ALL.get(name.toUpperCase(Locale.ROOT)));
  }

  /** The letter of an argument by its place; nothing where there are too many. */
  Optional<Character> argument(int place) {
    int at = 0;
    for (int i = 0; i < place && at < arguments.length(); i++) {
      boolean repeats = at + 1 < arguments.length() && arguments.charAt(at + 1) == '*';
      at += repeats ? 0 : at + 1 < arguments.length() && arguments.charAt(at + 1) == '?' ? 2 : 1;
    }
    return at < arguments.length() ? Optional.of(arguments.charAt(at)) : Optional.empty();
  }

  int fewest() {
    return arguments.replaceAll("[a-z][?*]", "").length();
  }

  private boolean isOpenEnded() {
    return arguments.endsWith("*");
  }

  /** Whether so many arguments are right. */
  boolean takes(int count) {
    return count >= fewest() && (isOpenEnded() || count <= most());
  }

  private int most() {
    return arguments.replaceAll("[?*]", "").length();
  }

  /** How many arguments it takes, in words. */
  String counts() {
    return isOpenEnded() ? fewest() + " or more arguments"
        : fewest() == most() ? fewest() == 1 ? "1 argument" : fewest() + " arguments" : fewest() + " to " + most() + " arguments";
  }

  /** The family an argument must be of. */
  static Family family(char letter) {
    return switch (letter) {
      case 'n', 'k' -> Family.NUMBER;
      case 't', 'u' -> Family.TEXT;
      case 'd' -> Family.TIME;
      case 'v' -> Family.INTERVAL;
      case 'b' -> Family.TRUTH;
      default -> Family.OPEN;
    };
  }

  /** The type that a letter stands for, OTHER where it stands for many. */
  static DataType type(char letter) {
    return switch (letter) {
      case 'n' -> DataType.DOUBLE;
      case 'k', 'i' -> DataType.BIGINT;
      case 't', 'u' -> DataType.STRING;
      case 'd', 'w' -> DataType.TIMESTAMP;
      case 'D' -> DataType.DATE;
      case 'v' -> new DataType(DataType.Kind.INTERVAL, 0, 0);
      case 'b' -> DataType.BOOLEAN;
      default -> DataType.OTHER;
    };
  }
}
