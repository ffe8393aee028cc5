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

    Layout layout() {
      return Layout.of(type);
    }

    /** The record's components, in order. */
    List<Field> all() {
      return layout().fields();
    }
  }

  /** One component of a definition record. */
  record Field(String key, List<String> also, Shape shape, boolean inline, boolean rest, String documentation) {

    boolean isRequired() {
      return !rest && !inline && missing().isEmpty();
    }

    /** What the component holds where its key is not written; empty where it must be. */
    Optional<Object> missing() {
      return switch (shape) {
        case Maybe any -> Optional.of(Optional.empty());
        case Items any -> Optional.of(List.of());
        case Entries any -> Optional.of(List.of());
        case Any any -> Optional.of(YamlNode.NOTHING);
        case Text any -> Optional.empty();
        case Fields fields -> inline ? fields.layout().empty() : Optional.empty();
      };
    }
  }
}
