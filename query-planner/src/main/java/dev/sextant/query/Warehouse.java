// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Source;
import java.util.Optional;

/** A database that holds datasets and runs the SQL written for it. Safe for use by many threads. */
public interface Warehouse extends AutoCloseable {

  /** The name the project gives it. */
  String name();

  /** Which dialect its SQL is written in, such as {@code duckdb}. */
  String dialect();

  /**
   * Returns the columns of a table or query; issues {@code WAREHOUSE_SCHEMA} when it is not there and {@code WAREHOUSE_UNREACHABLE} when
   * nobody answers. Not cached here.
   */
  TableColumns describe(Source source);

  /** Runs a statement and streams its rows; stopping {@code control} cancels it in the database. */
  ArrowBatches run(String sql, QueryControl control);

  /** Whether its texts are the same where their bytes are, so that rows taken from it can be compared elsewhere, and whatever else that needs. */
  default boolean comparesByBytes() {
    return true;
  }

  /** How tables of our own are made in it; nothing where that is not supported. */
  default Optional<OwnTables> ownTables() {
    return Optional.empty();
  }

  @Override
  void close();
}
