// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Optional;

/** An attribute of a dataset's rows that results can be grouped and filtered by. */
public sealed interface Dimension {

  String name();

  Expr expr();

  /** Whether joins between datasets that both have this dimension must also agree on it. */
  boolean isPartition();

  Documentation documentation();

  Position position();

  /** A value as it is. */
  record Categorical(String name, Expr expr, boolean isPartition, Documentation documentation, Position position) implements Dimension {}

  /** A point in time, truncated to {@code grain}. */
  record Time(String name, Expr expr, TimeGrain grain, boolean isPartition, Optional<Validity> validity, Documentation documentation,
      Position position) implements Dimension {}

  /** Which end of a row's validity a time dimension of a slowly changing dataset holds; rows are valid in {@code [start, end)}. */
  enum Validity {
    START, END
  }
}
