// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance;

import dev.sextant.query.MetricQuery;

/** What is asked of a door. */
public sealed interface Question {

  /** A metric query. */
  record Metrics(MetricQuery query) implements Question {}

  /** A statement of semantic SQL. */
  record Sql(String statement) implements Question {}
}
