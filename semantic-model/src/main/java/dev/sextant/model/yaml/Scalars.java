// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Aggregation;
import dev.sextant.model.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads scalars as values of the Java types that definition records use. */
final class Scalars {
  private static final List<String> YES = List.of("true", "yes", "on");
  private static final List<String> NO = List.of("false", "no", "off");

  private Scalars() {}

  static Optional<Object> read(Class<?> type, Scalar scalar) {
    String text = scalar.text().strip();
    if (type == String.class) {
      return Optional.of(scalar.text());
    }
    if (type == Boolean.class) {
      return flag(text.toLowerCase(Locale.ROOT));
    }
    if (type == Aggregation.class) {
      return Aggregation.named(text).map(Object.class::cast);
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> name(constant).equalsIgnoreCase(text))
          .findFirst()
          .map(Object.class::cast);
    }
    try {
      return Optional.of(type == Long.class ? (Object) Long.valueOf(text.replace("_", "")) : new BigDecimal(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> flag(String text) {
    return YES.contains(text) ? Optional.of(Boolean.TRUE) : NO.contains(text) ? Optional.of(Boolean.FALSE) : Optional.empty();
  }

  /** What a message says is expected. */
  static String expected(Class<?> type) {
    if (type.isEnum()) {
      return names(type).stream().collect(Collectors.joining(", ", "one of ", ""));
    }
    return type == String.class ? "a text" : type == Boolean.class ? "true or false" : type == Long.class ? "a whole number" : "a number";
  }

  /** The names of an enum's constants; none for other types. */
  static List<String> names(Class<?> type) {
    return type.isEnum() ? Arrays.stream(type.getEnumConstants()).map(Scalars::name).toList() : List.of();
  }

  private static String name(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
