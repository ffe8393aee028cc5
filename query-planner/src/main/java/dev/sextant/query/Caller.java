// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who asks, with which roles, and with which attributes that access policies may name. */
public record Caller(String name, List<String> roles, Map<String, List<String>> attributes) {

  /** A caller without a name and without roles. */
  public static final Caller ANONYMOUS = new Caller("anonymous", List.of());

  public Caller {
    roles = List.copyOf(roles);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** A caller without attributes. */
  public Caller(String name, List<String> roles) {
    this(name, roles, Collections.emptyMap());
  }

  /** The values of an attribute; none where the caller does not have it. */
  public List<String> attribute(String attribute) {
    return attributes.getOrDefault(attribute, List.of());
  }
}
