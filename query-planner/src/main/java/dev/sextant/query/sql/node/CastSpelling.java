// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.model.DataType;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.parse.SqlPrelude;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Writes casts, and the types they name, the warehouse's way. */
public final class CastSpelling {
  private static final List<String> TEXTS = List.of("TEXT", "VARCHAR", "CHAR", "STRING", "CHARACTER", "CHARACTER VARYING");

  private final SqlFunctions functions;
  private final Function<SqlNode, Position> places;

  /** {@code places} tells where a node stands in the statement as written. */
  public CastSpelling(SqlFunctions functions, Function<SqlNode, Position> places) {
    this.functions = functions;
    this.places = places;
  }

  /** {@code x::type} and {@code CAST}; zones and contexts travel as types of their own. */
  /** A cast of a rewritten value of the given type. */
  public SqlNode of(SqlCall call, SqlNode value, DataType from) {
    SqlNode target = call.operand(1);
    String name = target instanceof SqlDataTypeSpec named && named.getTypeName() != null ? named.getTypeName().getSimple() : "";
    if (name.startsWith(SqlPrelude.ZONE)) {
      return functions.atTimeZone(value, zone(SqlPrelude.carried(name, SqlPrelude.ZONE), call));
    }
    if (name.startsWith(SqlPrelude.CONTEXT)) {
      throw Problem.at(QueryIssue.UNSUPPORTED, places.apply(call),
          "AT stands in a block that groups rows of one table, as in SELECT d, MEASURE(m) / MEASURE(m) AT (ALL d) FROM t GROUP BY d.");
    }
    return SqlStdOperatorTable.CAST.createCall(SqlNodes.POS, counted(value, from, name),
        target instanceof SqlDataTypeSpec type ? type(type) : target);
  }

  private String zone(String name, SqlNode at) {
    Set<String> known = ZoneId.getAvailableZoneIds();
    if (!known.contains(name)) {
      List<String> near = NearestNames.to(name, known.stream().sorted().toList());
      throw Problem.at(QueryIssue.INVALID_TIME_ZONE, places.apply(at), "'" + name + "' is no time zone." + NearestNames.question(near),
          near);
    }
    return name;
  }

  /** Not every warehouse takes truth for any number, or any number for truth. */
  private static SqlNode counted(SqlNode value, DataType from, String target) {
    boolean truth = target.toUpperCase(Locale.ROOT).startsWith("BOOL");
    if (from.isNumeric() && truth) {
      return SqlStdOperatorTable.NOT_EQUALS.createCall(SqlNodes.POS, value, SqlNodes.number(0));
    }
    boolean text = TEXTS.contains(target.toUpperCase(Locale.ROOT));
    return from.equals(DataType.BOOLEAN) && !truth && !text
        ? SqlNodes.caseWhen(value, SqlNodes.number(1), SqlNodes.caseWhen(SqlStdOperatorTable.NOT.createCall(SqlNodes.POS, value),
            SqlNodes.number(0), SqlLiteral.createNull(SqlNodes.POS)))
        : value;
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
