// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.Optional;

/**
 * A key of a dataset that other datasets can be joined on; composite keys have several expressions. {@code of} names the entity this one
 * plays the role of: a flight's {@code origin} and {@code destination} are both an {@code airport}.
 */
public record Entity(String name, Type type, List<Expr> keys, Optional<String> of, Documentation documentation, Position position) {

  /** How often a key's value occurs in its dataset. */
  public enum Type {
    /** Once, and every row has it. */
    PRIMARY,
    /** At most once, NULL allowed. */
    UNIQUE,
    /** Any number of times. */
    FOREIGN,
    /** Several times, but once at any instant (slowly changing dimension of type 2). */
    NATURAL;

    /** Whether a row of another dataset finds at most one row through the key (at an instant, for natural keys). */
    public boolean identifiesRow() {
      return this != FOREIGN;
    }
  }

  public Entity {
    keys = List.copyOf(keys);
  }

  /** The entity whose values these keys hold. */
  public String target() {
    return of.orElse(name);
  }
}
