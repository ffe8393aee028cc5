// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.DialectFeature;
import dev.sextant.query.sql.node.SqlFunctions;
import java.util.Collections;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/** PostgreSQL's SQL, from version 15 on. */
public final class PostgresDialect implements Dialect {
  /** Longer names are cut off without a word, so that two of them may become one. */
  private static final int LONGEST_NAME_IN_BYTES = 63;

  private static final SqlFunctions FUNCTIONS = new PostgresFunctions();

  @Override
  public String name() {
    return "postgres";
  }

  /** None of the claims: branches meet in a UNION ALL, and exact percentiles serve where estimates would do. */
  @Override
  public Set<DialectFeature> features() {
    return Collections.emptySet();
  }

  @Override
  public String write(SqlNode statement) {
    return RelToText.write(QualifyApart.of(statement), new Writer(), new ShortNames(LONGEST_NAME_IN_BYTES));
  }

  @Override
  public SqlFunctions functions() {
    return FUNCTIONS;
  }

  @Override
  public String write(RelNode rel) {
    return RelToText.write(new PostgresRel(rel.getCluster().getRexBuilder()).rewrite(rel), new Writer(),
        new ShortNames(LONGEST_NAME_IN_BYTES));
  }

  private static final class Writer extends SqlWriterDialect {
    private Writer() {
      super(DatabaseProduct.POSTGRESQL, NullCollation.HIGH);
    }

    @Override
    String typeName(RelDataType type) {
      return switch (type.getSqlTypeName()) {
        case CHAR, VARCHAR -> "TEXT";
        case DECIMAL -> decimal(type);
        case TINYINT -> "SMALLINT";
        case TIMESTAMP -> "TIMESTAMP";
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMPTZ";
        case FLOAT, REAL, DOUBLE -> "DOUBLE PRECISION";
        case BINARY, VARBINARY -> "BYTEA";
        case TIME -> "TIME";
        default -> type.getSqlTypeName().getName();
      };
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      switch (call.getOperator().getName()) {
        case "CALENDAR_PERIODS" -> function(writer, "GENERATE_SERIES", call.getOperandList());
        case "CURRENT_TIMESTAMP" -> writer.print("LOCALTIMESTAMP ");
        case "CAST" -> super.unparseCall(writer, spelled(call), leftPrec, rightPrec);
        default -> super.unparseCall(writer, call, leftPrec, rightPrec);
      }
    }

    /** Types of trees that were never typed are still the standard's. */
    private static SqlCall spelled(SqlCall cast) {
      boolean real = cast.operandCount() == 2 && cast.operand(1) instanceof SqlDataTypeSpec type
          && type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic && basic.getTypeName().getSimple().equals("DOUBLE");
      SqlNode value = cast.operand(0);
      return real ? (SqlCall) PostgresFamilyFunctions.cast(value, "DOUBLE PRECISION") : cast;
    }
  }
}
