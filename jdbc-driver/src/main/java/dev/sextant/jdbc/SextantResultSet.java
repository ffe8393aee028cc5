// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/** Rows of an answer, read once from front to back; those of metadata come from memory, all others from the server. */
final class SextantResultSet extends AvaticaResultSet {
  /** Under this name a signature carries the answer that belongs to it. */
  static final String ANSWER = "answer";

  private final @Nullable Answer answer;

  SextantResultSet(@Nullable AvaticaStatement statement, QueryState state, Meta.Signature signature, ResultSetMetaData metaData,
      TimeZone timeZone, Meta.@Nullable Frame firstFrame) throws SQLException {
    super(statement, state, signature, metaData, timeZone, firstFrame);
    answer = (Answer) signature.internalParameters.get(ANSWER);
  }

  @Override
  protected AvaticaResultSet execute() throws SQLException {
    return answer == null ? super.execute() : execute2(answer, columnMetaDataList);
  }

  @Override
  public AvaticaResultSet execute2(Cursor rows, List<ColumnMetaData> columns) {
    return super.execute2(rows, columns);
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.of("The result set is closed.", "24000");
    }
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    checkOpen();
    if (columnIndex < 1 || columnIndex > accessorList.size()) {
      throw SqlErrors.of("There is no column " + columnIndex + "; the answer has " + accessorList.size() + ".", "07009");
    }
    return accessorList.get(columnIndex - 1).getObject();
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return super.isBeforeFirst() && !(answer != null && answer.isEmpty());
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    if (answer == null) {
      throw onlyForward();
    }
    return getRow() > 0 && !answer.hasMore();
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    StatementRules.checkFetchSize(rows);
    super.setFetchSize(rows);
  }

  @Override
  public String getCursorName() throws SQLException {
    throw SqlErrors.of("Results have no cursor names.", "0A000");
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw onlyForward();
  }

  @Override
  public void afterLast() throws SQLException {
    throw onlyForward();
  }

  @Override
  public boolean first() throws SQLException {
    throw onlyForward();
  }

  @Override
  public boolean last() throws SQLException {
    throw onlyForward();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    throw onlyForward();
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    throw onlyForward();
  }

  @Override
  public boolean previous() throws SQLException {
    throw onlyForward();
  }

  private static SQLException onlyForward() {
    return SqlErrors.of("Results are read once, from front to back.", "0A000");
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    throw SqlErrors.of("This result set is no " + wanted.getName() + ".", "HY000");
  }
}
