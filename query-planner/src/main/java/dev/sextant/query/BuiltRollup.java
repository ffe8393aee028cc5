// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Source;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A rollup as it stands in its store. {@code definition} is the hash of what it was built from, {@code from} and {@code before} bound the times
 * it holds ({@code [from, before)}, open where empty), and {@code asOf} is when reading its sources began.
 */
public record BuiltRollup(String id, String rollup, String definition, List<Table> tables, Optional<LocalDateTime> from,
    Optional<LocalDateTime> before, Instant asOf) {

  /** The name of the warehouse beside the project, where rollups are that no other warehouse keeps. */
  public static final String LOCAL = "local_rollups";

  /** One of its tables, in the order of the rollup's plan. */
  public record Table(String warehouse, Source.Table source, long rows) {}

  public BuiltRollup {
    tables = List.copyOf(tables);
  }
}
