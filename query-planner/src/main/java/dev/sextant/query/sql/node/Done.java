// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** A rewritten node within a tree that is still to be rewritten. */
public final class Done extends SqlIdentifier {
  private final SqlNode node;

  /** {@code written} is what it was before. */
  public Done(SqlNode node, SqlNode written) {
    super("done", written.getParserPosition());
    this.node = node;
  }

  public SqlNode node() {
    return node;
  }
}
