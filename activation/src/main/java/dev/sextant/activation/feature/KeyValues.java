// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.ValueSink;
import dev.sextant.model.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Packs values that come from outside, if they are of the type they must be of: numbers as BigDecimal, texts, flags, null. */
public final class KeyValues {
  private KeyValues() {}

  /** Packs a value; false if it is not of the type, and then nothing was packed. */
  public static boolean put(DataType type, @Nullable Object value, ValueSink sink) {
    return switch (value) {
      case null -> {
        sink.nothing();
        yield true;
      }
      case Boolean flag when type.kind() == DataType.Kind.BOOLEAN -> {
        sink.flag(flag);
        yield true;
      }
      case BigDecimal number -> number(type, number, sink);
      case String text -> text(type, text, sink);
      default -> false;
    };
  }

  /** Packs a value that is written as text, also where it is a number. */
  static boolean written(DataType type, String text, ValueSink sink) {
    try {
      return switch (type.kind()) {
        case INTEGER, BIGINT, DECIMAL, DOUBLE -> number(type, new BigDecimal(text.strip()), sink);
        case BOOLEAN -> (text.equals("true") || text.equals("false")) && put(type, Boolean.valueOf(text), sink);
        case NULL, STRING, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL, BINARY, OTHER -> text(type, text, sink);
      };
    } catch (NumberFormatException none) {
      return false;
    }
  }

  private static boolean number(DataType type, BigDecimal number, ValueSink sink) {
    try {
      switch (type.kind()) {
        case INTEGER, BIGINT -> {
          long whole = number.longValueExact();
          boolean wide = type.kind() == DataType.Kind.BIGINT;
          if (!wide && whole != (int) whole) {
            return false;
          }
          sink.integer(whole, wide);
        }
        case DECIMAL -> {
          BigDecimal scaled = number.setScale(type.scale());
          if (scaled.precision() > type.precision()) {
            return false;
          }
          sink.decimal(scaled.unscaledValue(), type.scale());
        }
        case DOUBLE -> sink.real(number.doubleValue());
        case NULL, BOOLEAN, STRING, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL, BINARY, OTHER -> {
          return false;
        }
      }
      return true;
    } catch (ArithmeticException inexact) {
      return false;
    }
  }

  private static boolean text(DataType type, String text, ValueSink sink) {
    try {
      switch (type.kind()) {
        case STRING -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          sink.text(bytes, 0, bytes.length);
        }
        case DATE -> sink.date(LocalDate.parse(text).toEpochDay());
        case TIME -> sink.time(LocalTime.parse(text).toNanoOfDay() / 1_000);
        case TIMESTAMP -> timestamp(LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC), false, sink);
        case TIMESTAMP_TZ -> timestamp(OffsetDateTime.parse(text.replace(' ', 'T')).toInstant(), true, sink);
        case BINARY -> {
          byte[] bytes = Base64.getDecoder().decode(text);
          sink.binary(bytes, 0, bytes.length);
        }
        case DOUBLE -> {
          switch (text) {
            case "NaN" -> sink.real(Double.NaN);
            case "Infinity" -> sink.real(Double.POSITIVE_INFINITY);
            case "-Infinity" -> sink.real(Double.NEGATIVE_INFINITY);
            default -> {
              return false;
            }
          }
        }
        case NULL, BOOLEAN, INTEGER, BIGINT, DECIMAL, INTERVAL, OTHER -> {
          return false;
        }
      }
      return true;
    } catch (DateTimeException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static void timestamp(Instant instant, boolean zoned, ValueSink sink) {
    Instant micro = instant.truncatedTo(ChronoUnit.MICROS);
    sink.timestamp(PackedRow.micros(micro), instant.getNano() - micro.getNano(), zoned);
  }
}
