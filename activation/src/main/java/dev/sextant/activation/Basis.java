// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run's result depends on: a hash of the definition with its SQL, and the version of every source by name. Equal bases give equal results. */
public record Basis(String definition, Map<String, String> sources) {
  public Basis {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
  }
}
