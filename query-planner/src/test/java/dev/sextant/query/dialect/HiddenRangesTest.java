// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements over a join to a side that DuckDB knows to be empty: rows stay, as everywhere else. */
class HiddenRangesTest {
  private static final String ROWS = "from i left join h on i.c = h.c where i.c >= 5 ";
  private static final int ROWS_OF_EACH = 14_285;

  /** While this holds, {@link HiddenRanges} is needed. */
  @Test
  void duckDbTakesSumsOverSuchJoinsForNothing() throws SQLException {
    try (Connection duckdb = opened()) {
      assertThat(rows(duckdb, "select * from (select i.c, sum(x) as s " + ROWS + "group by i.c) as t where s > 5")).isZero();
      assertThat(rows(duckdb, "select i.c " + ROWS + "limit 1")).isEqualTo(2 * ROWS_OF_EACH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "select * from (select i.c, sum(x) as s " + ROWS + "group by i.c) as t where s > 5",
      "select i.c, sum(x) as s " + ROWS + "group by i.c having sum(x) > 5",
      "select i.c, sum(x) as s " + ROWS + "group by i.c order by 2 desc",
      "select i.c, sum(x) filter (where id > 3) as s " + ROWS + "group by i.c order by i.c",
      "select s, count(*) as n from (select i.c, sum(x) as s " + ROWS + "group by i.c) as t group by s",
      "select i.c, rank() over (order by sum(x)) as place " + ROWS + "group by i.c order by 2",
      "select i.c, sum(sum(x)) over (order by i.c) as s " + ROWS + "group by i.c order by 2",
      "select i.c, sum(sum(x)) filter (where i.c > 5) over (order by i.c) as s " + ROWS + "group by i.c order by 2",
      "select i.c " + ROWS + "limit 2",
      "select i.id, sum(x) as s " + ROWS + "group by i.id limit 2"})
  void everyRowIsKept(String sql) throws SQLException, SqlParseException {
    try (Connection duckdb = opened()) {
      assertThat(rows(duckdb, hidden(sql))).isEqualTo(2);
    }
  }

  @Test
  void whatIsComputedFromASumIsRight() throws SQLException, SqlParseException {
    String sql = "select min(size) from (select i.c, case when sum(x) > 5 then 'large' else 'small' end as size " + ROWS
        + "group by i.c) as t";
    try (Connection duckdb = opened(); Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery(hidden(sql))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("large");
    }
  }

  @Test
  void aPlainAnswerStaysPlain() throws SqlParseException {
    assertThat(hidden("select i.c, sum(x) as s " + ROWS + "group by i.c")).doesNotContain("CASE");
  }

  private static Connection opened() throws SQLException {
    Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("create table i as select r as id, r % 7 as c, r * 10 as x from range(100000) t(r)");
      statement.execute("create table h as select r as c from range(3) t(r)");
    }
    return duckdb;
  }

  private static String hidden(String sql) throws SqlParseException {
    SqlNode parsed = SqlParser.create(sql, SqlParser.config()
        .withQuoting(Quoting.DOUBLE_QUOTE)
        .withUnquotedCasing(Casing.UNCHANGED)).parseQuery();
    return new DuckDbDialect().write(parsed);
  }

  private static int rows(Connection duckdb, String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
