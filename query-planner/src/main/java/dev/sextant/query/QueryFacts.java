// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Map;

/**
 * What is known of how an answer came about: for each warehouse the statements it ran, and how long each stage took in microseconds, in the
 * order of the stages.
 */
public record QueryFacts(String queryId, List<Statement> statements, Map<String, Long> stageMicros, Map<String, String> notes) {

  /** SQL that a warehouse ran. */
  public record Statement(String warehouse, String sql) {}

  public QueryFacts {
    statements = List.copyOf(statements);
    stageMicros = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(stageMicros));
    notes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(notes));
  }
}
