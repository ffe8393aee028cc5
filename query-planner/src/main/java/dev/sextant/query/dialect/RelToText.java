// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import com.google.common.collect.ImmutableList;
import dev.sextant.model.Source;
import dev.sextant.query.rel.SharedRows;
import dev.sextant.query.rel.WarehouseTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;

/** Calcite's SQL writer with what it lacks: datasets that are queries. Public only because Calcite calls it by reflection. */
public final class RelToText extends RelToSqlConverter {
  private final Map<String, SqlNode> shared = new LinkedHashMap<>();
  private final Set<List<String>> plain = new HashSet<>();
  private int queries;

  private RelToText(SqlDialect dialect) {
    super(dialect);
  }

  static String write(RelNode rel, SqlDialect dialect, ShortNames names) {
    return statement(rel, dialect).text(dialect, names);
  }

  /** The statement that gives an expression's rows. */
  static Statement statement(RelNode rel, SqlDialect dialect) {
    RelToText converter = new RelToText(dialect);
    return new Statement(converter.visitRoot(rel).asStatement(), converter.shared, converter.plain);
  }

  /** A query, the rows by name that it reads more than once, and the names of tables whose rows come from no outer join. */
  record Statement(SqlNode query, Map<String, SqlNode> shared, Set<List<String>> plain) {

    String text(SqlDialect dialect, ShortNames names) {
      String text = write(query, dialect, names);
      if (shared.isEmpty()) {
        return text;
      }
      List<String> parts = new ArrayList<>();
      shared.forEach((name, rows) -> parts.add(dialect.quoteIdentifier(names.shortened(name)) + " AS (\n"
          + write(rows, dialect, names).indent(2) + ")"));
      return "WITH " + String.join(", ", parts) + "\n" + text;
    }
  }

  static String write(SqlNode statement, SqlDialect dialect, ShortNames names) {
    SqlWriterConfig config = SqlPrettyWriter.config()
        .withDialect(dialect)
        .withAlwaysUseParentheses(false)
        .withSelectListItemsOnSeparateLines(true)
        .withUpdateSetListNewline(false)
        .withIndentation(2)
        .withClauseStartsLine(true)
        .withClauseEndsLine(false)
        .withLineFolding(SqlWriterConfig.LineFolding.WIDE)
        .withSelectFolding(SqlWriterConfig.LineFolding.TALL)
        .withFromFolding(SqlWriterConfig.LineFolding.TALL)
        .withWhereFolding(SqlWriterConfig.LineFolding.WIDE)
        .withLineLength(0)
        .withQuoteAllIdentifiers(true);
    SqlPrettyWriter writer = new SqlPrettyWriter(config);
    Objects.requireNonNull(statement.accept(names)).unparse(writer, 0, 0);
    return writer.toString();
  }

  /** Calcite looks for the method of each kind of node by reflection, anew for each statement; the usual kinds are known. */
  @Override
  protected Result dispatch(RelNode rel) {
    return switch (rel) {
      case Project project -> visit(project);
      case Aggregate aggregate -> visit(aggregate);
      case Join join -> visit(join);
      case Filter filter -> visit(filter);
      case TableScan scan -> visit(scan);
      case SharedRows rows -> visit(rows);
      case Sort sort -> visit(sort);
      default -> super.dispatch(rel);
    };
  }

  @Override
  public Result visit(TableScan scan) {
    WarehouseTable table = scan.getTable().unwrap(WarehouseTable.class);
    if (table != null && table.source() instanceof Source.Query query) {
      String alias = "query" + queries++;
      SqlNode named = SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, new QueryText(query.sql(), table.isPlain()),
          new SqlIdentifier(alias, SqlParserPos.ZERO));
      return result(named, ImmutableList.of(Clause.FROM), scan, null);
    }
    if (table != null && table.isPlain()) {
      plain.add(table.getQualifiedName());
    }
    return super.visit(scan);
  }

  /** A table in a union may have more columns than are read of it, so all are named. */
  @Override
  public Result setOpToSql(SqlSetOperator operator, RelNode rel) {
    List<SqlNode> parts = new ArrayList<>();
    for (int i = 0; i < rel.getInputs().size(); i++) {
      parts.add(naming(visitInput(rel, i).asSelect(), rel.getInput(i).getRowType().getFieldNames()));
    }
    SqlNode all = parts.stream().reduce((left, right) -> operator.createCall(SqlParserPos.ZERO, left, right)).orElseThrow();
    return result(all, ImmutableList.of(Clause.SET_OP), rel, null);
  }

  private static SqlSelect naming(SqlSelect select, List<String> columns) {
    boolean star = select.getSelectList().size() == 1 && select.getSelectList().get(0) instanceof SqlIdentifier name && name.isStar();
    if (star) {
      select.setSelectList(
          new SqlNodeList(columns.stream().map(name -> new SqlIdentifier(name, SqlParserPos.ZERO)).toList(), SqlParserPos.ZERO));
    }
    return select;
  }

  /** Shared rows are written once, before the statement that names them. */
  public Result visit(SharedRows rows) {
    if (!shared.containsKey(rows.name())) {
      shared.put(rows.name(), visitInput(rows, 0).asStatement());
    }
    return result(new SqlIdentifier(rows.name(), SqlParserPos.ZERO), ImmutableList.of(Clause.FROM), rows, null);
  }

  /** A dataset's own query, written as it is. */
  static final class QueryText extends SqlIdentifier {
    private final String sql;
    private final boolean plain;

    private QueryText(String sql, boolean plain) {
      super("query", SqlParserPos.ZERO);
      this.plain = plain;
      this.sql = sql.strip().replaceAll(";\\s*$", "");
    }

    boolean isPlain() {
      return plain;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
      writer.print("(" + sql + ")");
      writer.setNeedWhitespace(true);
    }
  }
}
