// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the dialects of PostgreSQL's family share: quoting, type names, LIMIT, text without character sets. */
abstract class SqlWriterDialect extends SqlDialect {

  SqlWriterDialect(DatabaseProduct product, NullCollation nulls) {
    super(SqlDialect.EMPTY_CONTEXT.withDatabaseProduct(product)
        .withIdentifierQuoteString("\"")
        .withNullCollation(nulls)
        .withUnquotedCasing(Casing.TO_LOWER)
        .withCaseSensitive(false));
  }

  /** The warehouse's name of a type. */
  abstract String typeName(RelDataType type);

  @Override
  public @Nullable SqlNode getCastSpec(RelDataType type) {
    String name = typeName(type);
    return new SqlDataTypeSpec(new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO), SqlParserPos.ZERO);
  }

  /** Casts of text in comparisons stay: left to themselves, warehouses compare as other types, or not at all. */
  @Override
  public boolean supportsImplicitTypeCoercion(RexCall call) {
    return false;
  }

  static String decimal(RelDataType type) {
    return type.getPrecision() > 0 ? "DECIMAL(" + type.getPrecision() + ", " + Math.max(0, type.getScale()) + ")" : "DECIMAL";
  }

  @Override
  public boolean supportsCharSet() {
    return false;
  }

  @Override
  public void quoteStringLiteral(StringBuilder out, @Nullable String charset, String text) {
    out.append('\'').append(text.replace("'", "''")).append('\'');
  }

  @Override
  public boolean supportsAggregateFunctionFilter() {
    return true;
  }

  @Override
  public boolean requiresAliasForFromItems() {
    return true;
  }

  @Override
  public boolean supportsNestedAggregations() {
    return false;
  }

  @Override
  public void unparseOffsetFetch(SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
    unparseFetchUsingLimit(writer, offset, fetch);
  }

  @Override
  public @Nullable SqlNode emulateNullDirection(SqlNode node, boolean nullsFirst, boolean descending) {
    return null;
  }

  @Override
  public void unparseSqlIntervalLiteral(SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
    SqlIntervalLiteral.IntervalValue interval = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    SqlIntervalQualifier qualifier = interval.getIntervalQualifier();
    writer.print("INTERVAL '" + (interval.getSign() < 0 ? "-" : "") + interval.getIntervalLiteral() + " "
        + qualifier.getUnit().name().toLowerCase(java.util.Locale.ROOT) + "'");
    writer.setNeedWhitespace(true);
  }

  /** Writes a call as {@code name(operands)}. */
  static void function(SqlWriter writer, String name, List<SqlNode> operands) {
    writer.print(name);
    SqlWriter.Frame frame = writer.startList("(", ")");
    operands.forEach(operand -> {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    });
    writer.endList(frame);
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    switch (call.getKind()) {
      case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> call.getOperator().unparse(writer, call, leftPrec, rightPrec);
      case FILTER -> super.unparseCall(writer, withoutIsTrue(call), leftPrec, rightPrec);
      default -> super.unparseCall(writer, call, leftPrec, rightPrec);
    }
  }

  /** A row that a condition is not true of is not counted, be it false or NULL. */
  private static SqlCall withoutIsTrue(SqlCall filter) {
    return filter.operand(1) instanceof SqlCall condition && condition.getKind() == SqlKind.IS_TRUE
        ? filter.getOperator().createCall(filter.getParserPosition(), filter.operand(0), condition.operand(0))
        : filter;
  }

  static boolean isTemporal(SqlTypeName type) {
    return type == SqlTypeName.DATE || type == SqlTypeName.TIMESTAMP;
  }
}
