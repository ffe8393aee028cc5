// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What callers with one of {@code roles} may see: only rows that satisfy {@code rows}, and masked values of some dimensions. Empty
 * {@code views} means everywhere.
 */
public record AccessPolicy(String name, List<String> roles, Optional<Expr> rows, List<String> views, Map<String, Mask> masks,
    Documentation documentation, Position position) {

  /** How a value is hidden. */
  public enum Mask {
    HASH, NULL, REDACT
  }

  public AccessPolicy {
    roles = List.copyOf(roles);
    views = List.copyOf(views);
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
  }
}
