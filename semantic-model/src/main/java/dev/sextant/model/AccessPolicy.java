// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What callers with one of {@code roles}, but none of {@code except}, may see: only rows that satisfy {@code rows}, masked values of some
 * dimensions, and nothing of what is {@code hidden}. Empty {@code views} means everywhere.
 */
public record AccessPolicy(String name, List<String> roles, List<String> except, Optional<Expr> rows, List<String> views,
    Map<String, Mask> masks, List<String> hidden, Documentation documentation, Position position) {
  private static final String EVERYBODY = "*";

  /** How a value is hidden. */
  public enum Mask {
    HASH, NULL, REDACT
  }

  public AccessPolicy {
    roles = List.copyOf(roles);
    except = List.copyOf(except);
    views = List.copyOf(views);
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    hidden = List.copyOf(hidden);
  }

  /** Whether it restricts a caller of these roles. */
  public boolean restricts(List<String> callersRoles) {
    return (roles.contains(EVERYBODY) || callersRoles.stream().anyMatch(roles::contains))
        && callersRoles.stream().noneMatch(except::contains);
  }
}
