// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** How a warehouse spells the functions of semantic SQL. */
public interface SqlFunctions {

  /**
   * Returns the warehouse's spelling of a call, by the function's upper-case name; nothing where the function is not part of semantic SQL. The
   * operands are rewritten already.
   */
  Optional<SqlNode> call(String name, List<SqlNode> operands);

  /** The names of all functions, upper-case, for suggestions. */
  List<String> names();

  /** The warehouse's name of a type by its name in SQL; nothing where it is unknown. */
  Optional<String> type(String name);

  /** A text that is compared and sorted by its bytes. */
  SqlNode bytewise(SqlNode text);

  /** Division that is exact for whole numbers and NULL by zero. */
  SqlNode divide(SqlNode left, SqlNode right);

  /** The time in another zone: instants become local times and local times of UTC instants become local. */
  SqlNode atTimeZone(SqlNode time, String zone);
}
