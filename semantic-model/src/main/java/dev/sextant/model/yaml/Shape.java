// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.util.List;
import java.util.Optional;

/** What a value may look like. */
sealed interface Shape {

  /** One scalar of a Java type: String, Boolean, Long, BigDecimal or an enum. */
  record Text(Class<?> type) implements Shape {}

  /** Anything. */
  record Any() implements Shape {}

  /** A value that may be missing. */
  record Maybe(Shape inner) implements Shape {}

  /** A list; a {@code lone} value stands for a list of one. */
  record Items(Shape item, boolean lone) implements Shape {}

  /** A mapping whose keys are names. */
  record Entries(Shape value) implements Shape {}

  /** A mapping with known keys. */
  record Fields(Class<? extends Record> type, String label, String shorthand, boolean open) implements Shape {

    /** The record's components, in order. */
    List<Field> all() {
      return Shapes.fields(type);
    }

    Optional<Field> field(String key) {
      return all().stream().filter(field -> field.key().equals(key)).findFirst();
    }
  }

  /** One component of a definition record. */
  record Field(String key, List<String> also, Shape shape, boolean inline, boolean rest, String documentation) {

    boolean isRequired() {
      return switch (shape) {
        case Text any -> true;
        case Fields any -> !inline;
        case Maybe any -> false;
        case Items any -> false;
        case Entries any -> false;
        case Any any -> false;
      };
    }
  }
}
