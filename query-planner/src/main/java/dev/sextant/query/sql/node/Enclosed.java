// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A node in parentheses of its own, where the writer would leave them out. */
public final class Enclosed extends SqlIdentifier {
  private final SqlNode node;

  public Enclosed(SqlNode node) {
    super("enclosed", SqlParserPos.ZERO);
    this.node = node;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    node.unparse(writer, 0, 0);
    writer.endList(frame);
  }
}
