// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Locale;

/** A value's type; {@code precision} and {@code scale} matter for decimals only and are 0 elsewhere. */
public record DataType(Kind kind, int precision, int scale) {

  /** The families of types that expressions, results and doors tell apart. */
  public enum Kind {
    NULL, BOOLEAN, INTEGER, BIGINT, DECIMAL, DOUBLE, STRING, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL, BINARY, OTHER
  }

  public static final DataType NULL = of(Kind.NULL);
  public static final DataType BOOLEAN = of(Kind.BOOLEAN);
  public static final DataType INTEGER = of(Kind.INTEGER);
  public static final DataType BIGINT = of(Kind.BIGINT);
  public static final DataType DOUBLE = of(Kind.DOUBLE);
  public static final DataType STRING = of(Kind.STRING);
  public static final DataType DATE = of(Kind.DATE);
  public static final DataType TIME = of(Kind.TIME);
  public static final DataType TIMESTAMP = of(Kind.TIMESTAMP);
  public static final DataType TIMESTAMP_TZ = of(Kind.TIMESTAMP_TZ);
  public static final DataType BINARY = of(Kind.BINARY);
  public static final DataType OTHER = of(Kind.OTHER);

  private static DataType of(Kind kind) {
    return new DataType(kind, 0, 0);
  }

  public static DataType decimal(int precision, int scale) {
    return new DataType(Kind.DECIMAL, precision, scale);
  }

  public boolean isNumeric() {
    return switch (kind) {
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> true;
      case NULL, BOOLEAN, STRING, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL, BINARY, OTHER -> false;
    };
  }

  public boolean isTemporal() {
    return kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMP_TZ;
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.DECIMAL ? name + "(" + precision + ", " + scale + ")" : name;
  }
}
