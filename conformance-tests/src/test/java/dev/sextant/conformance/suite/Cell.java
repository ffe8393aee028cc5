// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell as the suites' own runner compares cells: numbers as doubles, times as text to the second, the rest as it is. */
sealed interface Cell {
  double RELATIVE = 1e-6;
  double ABSOLUTE = 1e-9;
  Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?)?(Z|[+-]00:?00)?");
  Pattern ZONE = Pattern.compile("(Z|[+-]00:?00)$");
  Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /** A number; decimals may travel as text. */
  record Number(double value) implements Cell {}

  /** True or false, which equals 1 or 0. */
  record Truth(boolean value) implements Cell {}

  /** Anything else. */
  record Text(String value) implements Cell {}

  /** Nothing. */
  record Nothing() implements Cell {}

  static Cell of(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return new Nothing();
    }
    if (node.isBoolean()) {
      return new Truth(node.booleanValue());
    }
    return node.isNumber() ? new Number(node.doubleValue()) : ofText(node.asText());
  }

  private static Cell ofText(String text) {
    if (TIME.matcher(text).matches()) {
      return new Text(time(text));
    }
    return NUMBER.matcher(text).matches() ? new Number(Double.parseDouble(text)) : new Text(text);
  }

  private static String time(String text) {
    String plain = ZONE.matcher(text).replaceFirst("").replace("T", " ");
    String full = switch (plain.length()) {
      case 10 -> plain + " 00:00:00";
      case 16 -> plain + ":00";
      default -> plain;
    };
    Matcher zeros = Pattern.compile("\\.0+$").matcher(full);
    return zeros.replaceFirst("");
  }

  /** The text rows are sorted by. */
  default String key() {
    return switch (this) {
      case Number number -> String.format(Locale.ROOT, "%.6g", number.value());
      case Truth truth -> truth.value() ? "True" : "False";
      case Text text -> text.value();
      case Nothing none -> "None";
    };
  }

  default boolean same(Cell other) {
    if (isNumeric() && other.isNumeric()) {
      return close(number(), other.number());
    }
    return equals(other);
  }

  private boolean isNumeric() {
    return this instanceof Number || this instanceof Truth;
  }

  private double number() {
    return switch (this) {
      case Number number -> number.value();
      case Truth truth -> truth.value() ? 1 : 0;
      case Text text -> Double.NaN;
      case Nothing none -> Double.NaN;
    };
  }

  private static boolean close(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    return a == b || Math.abs(a - b) <= Math.max(RELATIVE * Math.max(Math.abs(a), Math.abs(b)), ABSOLUTE);
  }
}
