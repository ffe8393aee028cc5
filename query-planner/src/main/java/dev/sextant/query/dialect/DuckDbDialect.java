// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.DialectFeature;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.rel.Operators;
import dev.sextant.query.rel.SketchFunction;
import dev.sextant.query.sql.node.SqlFunctions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DuckDB's SQL. */
public final class DuckDbDialect implements Dialect {
  private static final Set<DialectFeature> FEATURES = Collections
      .unmodifiableSet(EnumSet.allOf(DialectFeature.class));

  private static final SqlFunctions FUNCTIONS = new DuckDbFunctions();

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public Set<DialectFeature> features() {
    return FEATURES;
  }

  @Override
  public String write(RelNode rel) {
    return written(rel, false);
  }

  @Override
  public String writePart(RelNode rel) {
    return written(rel, true);
  }

  private static String written(RelNode rel, boolean part) {
    Writer writer = new Writer();
    RelToText.Statement statement = RelToText.statement(rel, writer);
    Map<String, SqlNode> shared = new LinkedHashMap<>();
    OuterJoins joins = new OuterJoins(statement.plain());
    statement.shared().forEach((name, rows) -> {
      shared.put(name, HiddenRanges.of(rows, true, joins::mayBeIn));
      joins.share(name, rows);
    });
    return new RelToText.Statement(HiddenRanges.of(statement.query(), part, joins::mayBeIn), shared, statement.plain()).text(writer,
        ShortNames.unlimited());
  }

  /** The rows that a rewritten statement reads are texts, which may join anything. */
  @Override
  public String write(SqlNode statement) {
    return RelToText.write(HiddenRanges.of(statement, false, read -> true), new Writer(), ShortNames.unlimited());
  }

  @Override
  public SqlFunctions functions() {
    return FUNCTIONS;
  }

  private static final class Writer extends SqlWriterDialect {
    private Writer() {
      super(DatabaseProduct.DUCKDB, NullCollation.LAST);
    }

    @Override
    String typeName(RelDataType type) {
      return switch (type.getSqlTypeName()) {
        case CHAR, VARCHAR -> "VARCHAR";
        case DECIMAL -> decimal(type);
        case TIMESTAMP -> "TIMESTAMP";
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMPTZ";
        case FLOAT, REAL, DOUBLE -> "DOUBLE";
        case BINARY, VARBINARY -> "BLOB";
        case TIME -> "TIME";
        default -> type.getSqlTypeName().getName();
      };
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      switch (call.getOperator().getName()) {
        case "CALENDAR_PERIODS" -> {
          writer.print("UNNEST");
          SqlWriter.Frame frame = writer.startList("(", ")");
          function(writer, "GENERATE_SERIES", call.getOperandList());
          writer.endList(frame);
        }
        case String name when call.getOperator() instanceof Operators.Percentile percentile && percentile.isApproximate() -> {
          writer.print("APPROX_QUANTILE");
          SqlWriter.Frame frame = writer.startList("(", ")");
          call.operand(0).unparse(writer, 0, 0);
          writer.print(", " + percentile.fraction());
          writer.endList(frame);
        }
        case String name when call.getOperator() instanceof SketchFunction sketch -> SketchTexts.write(sketch, call, writer);
        case String name when call instanceof SqlAsofJoin join -> asOf(writer, join);
        case "SIMILAR TO", "NOT SIMILAR TO" -> similar(writer, call);
        case "CURRENT_TIMESTAMP" -> writer.print("LOCALTIMESTAMP ");
        default -> super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }

    /** DuckDB finds the comparison among the conditions. */
    private static void asOf(SqlWriter writer, SqlAsofJoin join) {
      SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.JOIN);
      join.getLeft().unparse(writer, 0, 0);
      writer.sep("ASOF JOIN");
      join.getRight().unparse(writer, 0, 0);
      writer.keyword("ON");
      SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, Objects.requireNonNull(join.getCondition()), join.getMatchCondition())
          .unparse(writer, 0, 0);
      writer.endList(frame);
    }

    /** DuckDB takes a regular expression where the standard has a pattern with the wildcards of LIKE. */
    private static void similar(SqlWriter writer, SqlCall call) {
      if (call.operandCount() != 2 || !(call.operand(1) instanceof SqlLiteral pattern) || pattern.getValueAs(String.class) == null) {
        throw Problem.of(QueryIssue.UNSUPPORTED, "SIMILAR TO takes a constant pattern here, without ESCAPE.");
      }
      writer.print(call.getOperator().getName().startsWith("NOT") ? "NOT REGEXP_FULL_MATCH" : "REGEXP_FULL_MATCH");
      SqlWriter.Frame frame = writer.startList("(", ")");
      call.operand(0).unparse(writer, 0, 0);
      writer.print(", ");
      SqlLiteral.createCharString(SimilarPattern.regex(pattern.getValueAs(String.class)), SqlParserPos.ZERO).unparse(writer, 0, 0);
      writer.endList(frame);
    }
  }
}
