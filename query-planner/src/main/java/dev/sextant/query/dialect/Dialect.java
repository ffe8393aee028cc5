// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.DialectFeature;
import dev.sextant.query.sql.node.SqlFunctions;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;

/** Writes relational expressions as one warehouse's SQL, and claims what that warehouse can do. */
public interface Dialect {

  /** The name warehouses give as theirs. */
  String name();

  Set<DialectFeature> features();

  /** Returns the SQL; equal expressions give equal text. */
  String write(RelNode rel);

  /** Returns the SQL of rows that a larger statement reads. */
  default String writePart(RelNode rel) {
    return write(rel);
  }

  /** Returns the text of a rewritten statement of semantic SQL. */
  String write(SqlNode statement);

  /** The warehouse's spelling of semantic SQL's functions. */
  SqlFunctions functions();
}
