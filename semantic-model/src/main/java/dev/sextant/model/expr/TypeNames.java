// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.NearestNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The names that databases give to types. */
final class TypeNames {
  private static final int WIDEST = 38;
  private static final int DEFAULT_SCALE = 10;
  private static final Map<String, DataType> TYPES = new LinkedHashMap<>();

  static {
    name(DataType.BOOLEAN, "boolean", "bool", "logical");
    name(DataType.INTEGER, "integer", "int", "int4", "int32", "smallint", "int2", "int16", "tinyint", "int1", "int8_t", "mediumint",
        "byteint",
        "short", "serial");
    name(DataType.BIGINT, "bigint", "int8", "int64", "long", "uint32", "uinteger", "bigserial");
    name(DataType.decimal(WIDEST, 0), "number", "hugeint", "uint64", "ubigint", "int128");
    name(DataType.decimal(WIDEST, DEFAULT_SCALE), "decimal", "numeric", "dec", "bignumeric", "bigdecimal");
    name(DataType.DOUBLE, "double", "double precision", "float", "float8", "float64", "real", "float4", "float32");
    name(DataType.STRING, "string", "varchar", "text", "char", "character", "character varying", "nvarchar", "nchar", "bpchar", "varchar2",
        "nvarchar2", "clob", "ntext", "tinytext", "mediumtext", "longtext", "fixedstring", "name", "uuid");
    name(DataType.DATE, "date", "date32");
    name(DataType.TIME, "time", "time without time zone");
    name(DataType.TIMESTAMP, "timestamp", "datetime", "timestamp without time zone", "timestamp_ntz", "timestampntz", "datetime2",
        "datetime64",
        "smalldatetime", "timestamp_s", "timestamp_ms", "timestamp_us", "timestamp_ns");
    name(DataType.TIMESTAMP_TZ, "timestamp_tz", "timestamptz", "timestamp with time zone", "timestamp_ltz",
        "timestamp with local time zone",
        "datetimeoffset");
    name(DataType.BINARY, "binary", "varbinary", "bytea", "blob", "bytes", "raw");
  }

  private TypeNames() {}

  private static void name(DataType type, String... names) {
    for (String name : names) {
      TYPES.put(name, type);
    }
  }

  /** Reads a type at the cursor: {@code numeric(10, 2)}, {@code timestamp with time zone}, {@code varchar(20)}. */
  static DataType read(Cursor cursor) {
    Token first = cursor.next();
    if (first.kind() != Token.Kind.NAME) {
      throw new SyntaxError(first.start(), "expected the name of a type but found " + first.shown());
    }
    String name = first.lower();
    int[] arguments = arguments(cursor);
    name += furtherWords(name, cursor);
    DataType type = TYPES.get(name);
    if (type == null) {
      throw unknown(first, name);
    }
    return type.kind() == DataType.Kind.DECIMAL ? decimal(first, type, arguments) : type;
  }

  private static SyntaxError unknown(Token at, String name) {
    var nearest = NearestNames.to(name, TYPES.keySet());
    return new SyntaxError(at.start(), "type '" + name + "' is not known." + NearestNames.question(nearest), nearest);
  }

  private static String furtherWords(String name, Cursor cursor) {
    return switch (name) {
      case "double" -> cursor.acceptWord("precision") ? " precision" : "";
      case "character" -> varying(cursor);
      case "time" -> zone(cursor);
      case "timestamp" -> cursor.acceptWords("with", "local", "time", "zone") ? " with local time zone" : zone(cursor);
      default -> "";
    };
  }

  private static String varying(Cursor cursor) {
    if (!cursor.acceptWord("varying")) {
      return "";
    }
    arguments(cursor);
    return " varying";
  }

  private static String zone(Cursor cursor) {
    if (cursor.acceptWords("without", "time", "zone")) {
      return " without time zone";
    }
    return cursor.acceptWords("with", "time", "zone") ? " with time zone" : "";
  }

  private static int[] arguments(Cursor cursor) {
    if (!cursor.accept("(")) {
      return new int[0];
    }
    int first = number(cursor);
    int[] arguments = cursor.accept(",") ? new int[] {first, number(cursor)} : new int[] {first};
    cursor.expect(")");
    return arguments;
  }

  private static int number(Cursor cursor) {
    Token token = cursor.next();
    if (token.isWord("max")) {
      return 0;
    }
    if (token.kind() != Token.Kind.NUMBER || token.text().length() > 9 || !token.text().chars().allMatch(Character::isDigit)) {
      throw new SyntaxError(token.start(), "expected a length but found " + token.shown());
    }
    return Integer.parseInt(token.text());
  }

  private static DataType decimal(Token at, DataType plain, int[] arguments) {
    if (arguments.length == 0) {
      return plain;
    }
    int precision = arguments[0];
    int scale = arguments.length == 1 ? 0 : arguments[1];
    if (precision < 1 || precision > WIDEST || scale > precision) {
      throw new SyntaxError(at.start(), String.format(Locale.ROOT,
          "a decimal has 1 to %d digits, of which at most all stand after the point; found (%d, %d)", WIDEST, precision, scale));
    }
    return DataType.decimal(precision, scale);
  }
}
