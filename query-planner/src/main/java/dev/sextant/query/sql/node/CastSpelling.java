// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.parse.SqlPrelude;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Writes casts, and the types they name, the warehouse's way. */
public final class CastSpelling {
  private final SqlFunctions functions;
  private final Function<SqlNode, Position> places;

  /** {@code places} tells where a node stands in the statement as written. */
  public CastSpelling(SqlFunctions functions, Function<SqlNode, Position> places) {
    this.functions = functions;
    this.places = places;
  }

  /** {@code x::type} and {@code CAST}; zones and contexts travel as types of their own. */
  public SqlNode of(SqlCall call, SqlNode value) {
    SqlNode target = call.operand(1);
    String name = target instanceof SqlDataTypeSpec named && named.getTypeName() != null ? named.getTypeName().getSimple() : "";
    if (name.startsWith(SqlPrelude.ZONE)) {
      return functions.atTimeZone(value, SqlPrelude.carried(name, SqlPrelude.ZONE));
    }
    if (name.startsWith(SqlPrelude.CONTEXT)) {
      throw Problem.at(QueryIssue.UNSUPPORTED, places.apply(call),
          "AT stands in a block that groups rows of one table, as in SELECT d, MEASURE(m) / MEASURE(m) AT (ALL d) FROM t GROUP BY d.");
    }
    return SqlStdOperatorTable.CAST.createCall(SqlNodes.POS, value, target instanceof SqlDataTypeSpec type ? type(type) : target);
  }

  /** A type by the warehouse's name. */
  public SqlNode type(SqlDataTypeSpec type) {
    SqlIdentifier name = type.getTypeName();
    Optional<String> known = name == null || !name.isSimple() ? Optional.empty() : functions.type(name.getSimple());
    boolean standard = type.getTypeNameSpec() instanceof org.apache.calcite.sql.SqlBasicTypeNameSpec;
    if (known.isEmpty() && !standard) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(type), "type '" + name + "' is not known.");
    }
    boolean plain = known.isPresent() && (!standard || !type.toString().contains("("));
    return plain
        ? new SqlDataTypeSpec(new SqlAlienSystemTypeNameSpec(known.get(), org.apache.calcite.sql.type.SqlTypeName.ANY, SqlNodes.POS),
            SqlNodes.POS)
        : type;
  }
}
