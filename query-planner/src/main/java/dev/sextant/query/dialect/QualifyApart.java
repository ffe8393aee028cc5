// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.sql.node.SqlNodes;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;

/** Writes QUALIFY as the WHERE of a block around, for warehouses that do not know it. Every column of a block has a name. */
final class QualifyApart extends SqlShuttle {
  private static final String ROWS = "sextant_qualified";
  private static final String CONDITION = "sextant_qualify";
  private static final String SORT = "sextant_sort_";

  private QualifyApart() {}

  static SqlNode of(SqlNode statement) {
    return Objects.requireNonNull(statement.accept(new QualifyApart()));
  }

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode inner = Objects.requireNonNull(super.visit(call));
    return inner instanceof SqlSelect select && select.getQualify() != null ? around(select) : inner;
  }

  private static SqlNode around(SqlSelect select) {
    SqlNodeList items = new SqlNodeList(select.getSelectList(), SqlNodes.POS);
    List<String> names = select.getSelectList().stream().map(item -> ((SqlCall) item).<SqlIdentifier>operand(1).getSimple()).toList();
    items.add(SqlNodes.as(Objects.requireNonNull(select.getQualify()), CONDITION));
    SqlNodeList order = select.getOrderList() == null ? null
        : new SqlNodeList(select.getOrderList().stream().map(key -> sortKey(key, names, items)).toList(), SqlNodes.POS);
    SqlSelect rows = new SqlSelect(SqlNodes.POS, null, items, select.getFrom(), select.getWhere(), select.getGroup(), select.getHaving(),
        select.getWindowList(), null, null, null, null, null);
    SqlNodeList distinct = select.isDistinct() ? (SqlNodeList) select.getOperandList().getFirst() : null;
    SqlNodeList columns = new SqlNodeList(names.stream().map(name -> SqlNodes.as(SqlNodes.column(ROWS, name), name)).toList(),
        SqlNodes.POS);
    return new SqlSelect(SqlNodes.POS, distinct, columns, SqlNodes.as(rows, ROWS), SqlNodes.column(ROWS, CONDITION), null, null, null, null,
        order, select.getOffset(), select.getFetch(), null);
  }

  /** A key that names a column stays; any other becomes a column of the rows. */
  private static SqlNode sortKey(SqlNode key, List<String> names, SqlNodeList items) {
    if (key.getKind() == SqlKind.DESCENDING || key.getKind() == SqlKind.NULLS_FIRST || key.getKind() == SqlKind.NULLS_LAST) {
      return SqlNodes.sameCall((SqlCall) key, List.of(sortKey(((SqlCall) key).operand(0), names, items)));
    }
    if (key instanceof SqlLiteral || key instanceof SqlIdentifier name && name.isSimple() && names.contains(name.getSimple())) {
      return key;
    }
    String name = SORT + items.size();
    items.add(SqlNodes.as(key, name));
    return SqlNodes.column(ROWS, name);
  }
}
