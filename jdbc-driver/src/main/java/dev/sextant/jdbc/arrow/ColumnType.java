// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What JDBC tells about the values of a column or parameter. */
public final class ColumnType {
  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,3}), ?(-?\\d{1,3})\\)");

  public static final ColumnType BOOLEAN = new ColumnType(Types.BOOLEAN, "BOOLEAN", 1, 0, 5, Boolean.class);
  public static final ColumnType TINYINT = new ColumnType(Types.TINYINT, "TINYINT", 3, 0, 4, Integer.class);
  public static final ColumnType SMALLINT = new ColumnType(Types.SMALLINT, "SMALLINT", 5, 0, 6, Integer.class);
  public static final ColumnType INTEGER = new ColumnType(Types.INTEGER, "INTEGER", 10, 0, 11, Integer.class);
  public static final ColumnType BIGINT = new ColumnType(Types.BIGINT, "BIGINT", 19, 0, 20, Long.class);
  public static final ColumnType REAL = new ColumnType(Types.REAL, "REAL", 7, 0, 15, Float.class);
  public static final ColumnType DOUBLE = new ColumnType(Types.DOUBLE, "DOUBLE", 15, 0, 25, Double.class);
  public static final ColumnType VARCHAR = new ColumnType(Types.VARCHAR, "VARCHAR", UNBOUNDED, 0, UNBOUNDED, String.class);
  public static final ColumnType VARBINARY = new ColumnType(Types.VARBINARY, "VARBINARY", UNBOUNDED, 0, UNBOUNDED, byte[].class);
  public static final ColumnType DATE = new ColumnType(Types.DATE, "DATE", 10, 0, 10, Date.class);
  public static final ColumnType TIME = new ColumnType(Types.TIME, "TIME", 15, 6, 18, Time.class);
  public static final ColumnType TIMESTAMP = new ColumnType(Types.TIMESTAMP, "TIMESTAMP", 26, 6, 29, Timestamp.class);
  public static final ColumnType TIMESTAMP_TZ = new ColumnType(Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE", 32, 6, 35,
      OffsetDateTime.class);
  public static final ColumnType INTERVAL = new ColumnType(Types.OTHER, "INTERVAL", 0, 0, 40, String.class);
  public static final ColumnType NULL = new ColumnType(Types.NULL, "NULL", 0, 0, 4, Object.class);
  public static final ColumnType OTHER = new ColumnType(Types.OTHER, "OTHER", 0, 0, UNBOUNDED, Object.class);

  private final int jdbcType;
  private final String name;
  private final int precision;
  private final int scale;
  private final int displaySize;
  private final String className;

  private ColumnType(int jdbcType, String name, int precision, int scale, int displaySize, Class<?> objects) {
    this.jdbcType = jdbcType;
    this.name = name;
    this.precision = precision;
    this.scale = scale;
    this.displaySize = displaySize;
    this.className = objects.equals(byte[].class) ? "[B" : objects.getName();
  }

  static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Types.DECIMAL, "DECIMAL", precision, scale, precision + 2, BigDecimal.class);
  }

  /** The type that the server calls by {@code name}, such as {@code bigint} or {@code decimal(18, 2)}. */
  public static Optional<ColumnType> named(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return Optional.of(decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2))));
    }
    switch (name) {
      case "boolean" :
        return Optional.of(BOOLEAN);
      case "integer" :
        return Optional.of(INTEGER);
      case "bigint" :
        return Optional.of(BIGINT);
      case "double" :
        return Optional.of(DOUBLE);
      case "string" :
        return Optional.of(VARCHAR);
      case "date" :
        return Optional.of(DATE);
      case "time" :
        return Optional.of(TIME);
      case "timestamp" :
        return Optional.of(TIMESTAMP);
      case "timestamp_tz" :
        return Optional.of(TIMESTAMP_TZ);
      case "interval" :
        return Optional.of(INTERVAL);
      case "binary" :
        return Optional.of(VARBINARY);
      case "null" :
        return Optional.of(NULL);
      default :
        return Optional.empty();
    }
  }

  /** Returns {@code declared} where values of this type can be told as such, else this type. */
  ColumnType as(ColumnType declared) {
    return family() == declared.family() && scale == declared.scale ? declared : this;
  }

  private int family() {
    switch (jdbcType) {
      case Types.TINYINT :
      case Types.SMALLINT :
      case Types.INTEGER :
      case Types.BIGINT :
        return Types.BIGINT;
      case Types.REAL :
      case Types.DOUBLE :
        return Types.DOUBLE;
      default :
        return jdbcType;
    }
  }

  /** The constant of {@link Types}. */
  public int jdbcType() {
    return jdbcType;
  }

  public String name() {
    return name;
  }

  public int precision() {
    return precision;
  }

  public int scale() {
    return scale;
  }

  public int displaySize() {
    return displaySize;
  }

  /** The class of what {@code getObject} returns. */
  public String className() {
    return className;
  }

  public boolean isSigned() {
    switch (family()) {
      case Types.BIGINT :
      case Types.DOUBLE :
      case Types.DECIMAL :
        return true;
      default :
        return false;
    }
  }

  public boolean isText() {
    return jdbcType == Types.VARCHAR;
  }
}
