// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Writes the windows of a WINDOW clause out where they are used. */
public final class NamedWindows {
  private final Map<String, SqlWindow> windows = new LinkedHashMap<>();

  private final Function<SqlNode, Position> places;

  /** The windows of a block; {@code places} tells where a node stands in the statement as written. */
  public NamedWindows(SqlNodeList declared, Function<SqlNode, Position> places) {
    this.places = places;
    for (SqlNode node : declared) {
      SqlWindow window = (SqlWindow) node;
      windows.put(Objects.requireNonNull(window.getDeclName()).getSimple().toLowerCase(Locale.ROOT), window);
    }
  }

  /** The expression with its windows written out. */
  public SqlNode writtenOut(SqlNode node) {
    return Objects.requireNonNull(node.accept(new SqlShuttle() {
      @Override
      public @Nullable SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.OVER) {
          SqlNode function = Objects.requireNonNull(call.operand(0).accept(this));
          return SqlStdOperatorTable.OVER.createCall(call.getParserPosition(), function, window(call.operand(1)));
        }
        return call instanceof SqlSelect ? call : super.visit(call);
      }
    }));
  }

  private SqlNode window(SqlNode used) {
    if (used instanceof SqlIdentifier name && name.isSimple()) {
      SqlWindow declared = declared(name);
      return plain(declared, declared.getOrderList());
    }
    SqlIdentifier refers = used instanceof SqlWindow window ? window.getRefName() : null;
    return refers == null ? used : merged((SqlWindow) used, declared(refers));
  }

  private SqlWindow declared(SqlIdentifier name) {
    SqlWindow declared = windows.get(name.names.getLast().toLowerCase(Locale.ROOT));
    if (declared == null) {
      throw unknown(name, List.copyOf(windows.keySet()), places.apply(name));
    }
    return declared;
  }

  /** What is wrong with the name of a window that no WINDOW clause declares. */
  public static RuntimeException unknown(SqlIdentifier name, List<String> declared, Position at) {
    List<String> near = NearestNames.to(name.names.getLast(), declared);
    return Problem.at(QueryIssue.INVALID_SQL, at,
        "window '" + name.names.getLast() + "' is not defined; the WINDOW clause names windows." + NearestNames.question(near), near);
  }

  private static SqlNode plain(SqlWindow window, SqlNodeList order) {
    return SqlWindow.create(null, null, window.getPartitionList(), order, literal(window), window.getLowerBound(), window.getUpperBound(),
        null, window.getParserPosition());
  }

  private static SqlNode merged(SqlWindow used, SqlWindow base) {
    SqlNodeList order = used.getOrderList().isEmpty() ? base.getOrderList() : used.getOrderList();
    return SqlWindow.create(null, null, base.getPartitionList(), order, literal(used), used.getLowerBound(), used.getUpperBound(), null,
        used.getParserPosition());
  }

  private static SqlLiteral literal(SqlWindow window) {
    return SqlLiteral.createBoolean(window.isRows(), window.getParserPosition());
  }
}
