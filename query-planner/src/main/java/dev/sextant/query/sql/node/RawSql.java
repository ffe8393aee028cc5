// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SQL of the warehouse in the place of a node; its text is asked for when the statement is written, once all its columns are known. */
public final class RawSql extends SqlIdentifier {
  private final Supplier<String> text;

  public RawSql(Supplier<String> text) {
    super("sql", SqlParserPos.ZERO);
    this.text = text;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.print(text.get());
    writer.setNeedWhitespace(true);
  }
}
