// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.at;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** A change of the context a measure is evaluated in, as {@code AT (..)} lists them. */
public sealed interface AtModifier {

  /** The whole table. */
  record All() implements AtModifier {}

  /** Forgets what holds dimensions to values. */
  record AllOf(List<SqlNode> dimensions) implements AtModifier {
    public AllOf {
      dimensions = List.copyOf(dimensions);
    }
  }

  /** Holds a dimension to another value. */
  record Set(SqlNode dimension, SqlNode value) implements AtModifier {}

  /** Brings the block's WHERE back. */
  record Visible() implements AtModifier {}

  /** A condition in the place of everything. */
  record Where(SqlNode condition) implements AtModifier {}
}
