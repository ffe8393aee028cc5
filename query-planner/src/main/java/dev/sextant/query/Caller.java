// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;

/** Who asks, and with which roles. */
public record Caller(String name, List<String> roles) {

  /** A caller without a name and without roles. */
  public static final Caller ANONYMOUS = new Caller("anonymous", List.of());

  public Caller {
    roles = List.copyOf(roles);
  }
}
